import type { Clock } from '@jobscope/core'
import type { Store } from '../store/store.ts'
import { toWatcherEvent, type WatcherEvent } from './job-event.ts'

const pollInterval = 500

interface Options {
  readonly clock: Clock
  /** Events before this time are left out. @default only events after the call */
  readonly since: Date | undefined
  readonly signal: AbortSignal
}

/** Yields the events of all shards soon after they are stored, until the signal aborts. */
export async function* readNewEvents(store: Store, options: Options): AsyncGenerator<WatcherEvent, void> {
  const { clock, since, signal } = options
  const positions = new Map<string, number>()
  try {
    if (!since) for (const { id, seq } of await store.listShards()) positions.set(id, seq)
    while (!signal.aborted) {
      yield* readStoredEvents(store, positions, options)
      await clock.sleep(pollInterval, signal)
    }
  } catch (error) {
    // The store is closed soon after the signal has aborted, so requests that still last can fail.
    if (!signal.aborted) throw error
  }
}

/** Yields the events after the positions, and moves the positions. Ends early if the signal aborts. */
async function* readStoredEvents(
  store: Store,
  positions: Map<string, number>,
  { since, signal }: Options,
): AsyncGenerator<WatcherEvent, void> {
  for (const { id, seq } of await store.listShards()) {
    while ((positions.get(id) ?? 0) < seq) {
      if (signal.aborted) return
      const events = await store.readEvents(id, positions.get(id) ?? 0, 100)
      if (events.length === 0) positions.set(id, seq)
      for (const event of events) {
        positions.set(id, event.seq)
        if (event.time >= (since?.getTime() ?? 0)) yield toWatcherEvent(event)
        if (signal.aborted) return
      }
    }
  }
}
