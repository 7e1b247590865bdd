import type { CallOptions, ClientOptions } from './client.ts'

/** A call that is to be made in a way of its own. */
export interface IdempotentCall {
  /** The client, by the names of its methods. */
  readonly client: object
  readonly operation: string
  readonly args: { readonly [name: string]: unknown } | undefined
  /** The call's other options. */
  readonly call: CallOptions
  /** The client's. */
  readonly options: ClientOptions
}

/** Makes a call so that what it creates is there once. `findOrCreate` is one. */
export type Idempotency = (call: IdempotentCall) => Promise<unknown>
