import type { FaultName } from './faults/fault-rule.ts'

/** A request that was answered. */
export interface LoggedRequest {
  /** When, by the mock's clock; epoch milliseconds. */
  readonly at: number
  readonly method: string
  /** With the service in front, without the query. */
  readonly path: string
  readonly query: { readonly [name: string]: string | readonly string[] }
  readonly service: string | undefined
  /** operationId; `undefined` where none was reached. */
  readonly operation: string | undefined
  /** `undefined` where no answer was sent: a fault (`reset`, `lost-response`, `stall`). */
  readonly status: number | undefined
  /** What went wrong, because a rule of faults said so. */
  readonly fault: FaultName | undefined
  readonly requestId: string
}

/** The last requests; older ones are forgotten, so that a mock can run for days. No header and no body is kept. */
export interface RequestLog {
  add(request: LoggedRequest): void
  /** Oldest first. */
  list(): readonly LoggedRequest[]
  clear(): void
}

export function createRequestLog(limit: number): RequestLog {
  let kept: LoggedRequest[] = []
  let next = 0
  return {
    add(request) {
      kept[next] = request
      next = (next + 1) % limit
    },
    list: () => (kept.length < limit ? [...kept] : [...kept.slice(next), ...kept.slice(0, next)]),
    clear() {
      kept = []
      next = 0
    },
  }
}
