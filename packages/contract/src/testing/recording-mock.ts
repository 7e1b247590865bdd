import type { Exchange } from '../traffic/exchange.ts'

/** The parts of a mock of `@jobscope/mock` that the functions for tests use. Create the mock with `record: true`. */
export interface RecordingMock {
  /** `http://127.0.0.1:4010` */
  readonly origin: string
  readonly services: readonly string[]
  readonly exchanges: RecordedCall[]
  respondOnce(
    operation: string,
    response: {
      readonly example?: string
      readonly state?: string
      readonly after?: number
    },
  ): void
}

/** An exchange that the mock recorded. */
export interface RecordedCall {
  readonly operation: string | undefined
  readonly service: string | undefined
  readonly request: Exchange['request']
  readonly response: Exchange['response'] | undefined
  readonly violations: readonly { readonly side: 'request' | 'response'; readonly message: string }[]
}
