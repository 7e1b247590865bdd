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
export async function* readNewEvents(
  store: Store,
  { clock, since, signal }: Options,
): AsyncGenerator<WatcherEvent, void> {
  const positions = new Map<string, number>()
  if (!since) for (const { id, seq } of await store.listShards()) positions.set(id, seq)
  while (!signal.aborted) {
    for (const { id, seq } of await store.listShards()) {
      while ((positions.get(id) ?? 0) < seq) {
        const events = await store.readEvents(id, positions.get(id) ?? 0, 100)
        if (events.length === 0) positions.set(id, seq)
        for (const event of events) {
          positions.set(id, event.seq)
          if (event.time >= (since?.getTime() ?? 0)) yield toWatcherEvent(event)
        }
      }
    }
    await clock.sleep(pollInterval, signal).catch(() => {})
  }
}
