import type { KindStatuses, PageEvents, PageJob } from '../src/ui/protocol.ts'

/** `ended`: the server was restarted, and no longer accepts the cookie of this browser. */
export type Connection = 'connecting' | 'live' | 'lost' | 'ended'

/** Everything that the server has sent. */
export interface Snapshot {
  readonly connection: Connection
  /** Undefined until the server has sent its first event. */
  readonly hello: PageEvents['hello'] | undefined
  readonly statuses: KindStatuses
  readonly jobs: readonly PageJob[]
}

export interface Store {
  get(): Snapshot
  /** Calls the listener after changes, at most once per frame. Returns a function that removes the listener. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
}

/**
 * Receives jobs as server-sent events. A browser opens at most six connections to one server, and many open tabs would use all of them.
 * So a hidden tab closes its connection.
 */
export function createStore(url: string): Store {
  const jobs = new Map<string, PageJob>()
  const listeners = new Set<(snapshot: Snapshot) => void>()
  let snapshot: Snapshot = { connection: 'connecting', hello: undefined, statuses: {}, jobs: [] }
  let source: EventSource | undefined
  let frame = 0
  /**
   * The references of the jobs that the server has sent on a new connection. Undefined after the first `statuses` event.
   */
  let confirmed: Set<string> | undefined

  const change = (part: Partial<Snapshot>) => {
    snapshot = { ...snapshot, ...part }
    if (frame) return
    frame = requestAnimationFrame(() => {
      frame = 0
      snapshot = { ...snapshot, jobs: [...jobs.values()] }
      for (const listener of listeners) listener(snapshot)
    })
  }

  function connect(): void {
    const opened = new EventSource(url)
    source = opened
    const on = <Name extends keyof PageEvents>(name: Name, handle: (data: PageEvents[Name]) => void) =>
      opened.addEventListener(name, event => handle(JSON.parse((event as MessageEvent<string>).data)))
    on('hello', hello => {
      confirmed = new Set()
      change({ connection: 'live', hello })
    })
    on('jobs', changed => {
      for (const job of changed) {
        jobs.set(job.ref, job)
        confirmed?.add(job.ref)
      }
      change({})
    })
    on('removed', refs => {
      for (const ref of refs) jobs.delete(ref)
      change({})
    })
    on('statuses', statuses => {
      // On a new connection, the server sends all its jobs before the first `statuses` event. All other jobs no longer exist.
      for (const ref of confirmed ? jobs.keys() : []) if (!confirmed?.has(ref)) jobs.delete(ref)
      confirmed = undefined
      change({ statuses })
    })
    // If the response is not a stream, the browser closes the connection for good. Otherwise the browser connects again.
    opened.onerror = () => change({ connection: opened.readyState === EventSource.CLOSED ? 'ended' : 'lost' })
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close()
    else if (source?.readyState === EventSource.CLOSED) connect()
  })
  connect()

  return {
    get: () => snapshot,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
