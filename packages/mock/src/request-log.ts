import type { FaultName } from './faults/fault-rule.ts'

/** A request that the mock received. */
export interface LoggedRequest {
  /** When the response was ready, in epoch milliseconds of the mock's clock. */
  readonly at: number
  readonly method: string
  /** The path without the query. It begins with the name of the service. Characters beyond the first 4096 are cut off. */
  readonly path: string
  /** The query parameters. If they have more than 4096 characters, the longest values are cut. */
  readonly query: { readonly [name: string]: string | readonly string[] }
  readonly service: string | undefined
  /** The operation ID. `undefined` if the request matched no operation. */
  readonly operation: string | undefined
  /** `undefined` if a fault prevented the response (`reset`, `lost-response`, `stall`). */
  readonly status: number | undefined
  /** The fault that was injected, if any. */
  readonly fault: FaultName | undefined
  readonly requestId: string
}

/** The latest requests, without headers and bodies. The oldest requests are dropped, so that a mock can run for days. */
export interface RequestLog {
  add(request: LoggedRequest): void
  /** Oldest first. */
  list(): readonly LoggedRequest[]
  clear(): void
}

/** Creates a log that keeps the latest `limit` requests. */
export function createRequestLog(limit: number): RequestLog {
  let requests: LoggedRequest[] = []
  let nextIndex = 0
  return {
    add(request) {
      requests[nextIndex] = request
      nextIndex = (nextIndex + 1) % limit
    },
    list: () =>
      requests.length < limit ? [...requests] : [...requests.slice(nextIndex), ...requests.slice(0, nextIndex)],
    clear() {
      requests = []
      nextIndex = 0
    },
  }
}
