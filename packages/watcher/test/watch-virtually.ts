import type { Clock } from '@jobscope/core'
import type { ClientJobKind } from '@jobscope/jobs'
import { runShard, type ShardSource } from '../src/engine/run-shard.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import type { NewEvent } from '../src/store/store.ts'
import { createService, type SimulatedJob } from './simulation.ts'

export const minute = 60_000
export const start = Date.UTC(2026, 0, 1)

export interface VirtualWatch {
  readonly clock: Clock
  readonly source: ShardSource
  readonly store: ReturnType<typeof createMemoryStore>
  /** Polls once per step until the time `end`. Returns the events that these polls found. By default, a step is one minute. */
  pollUntil(end: number, step?: number): Promise<readonly NewEvent[]>
  /** Sets the clock of the watcher. The service and `pollUntil` use another clock, which does not change. */
  shiftClock(ms: number): void
}

/** Watches simulated jobs in one shard, on a clock that only `pollUntil` advances. */
export async function watchVirtually(
  jobs: readonly SimulatedJob[],
  options: Partial<ShardSource> = {},
): Promise<VirtualWatch> {
  let now = start
  let shift = 0
  const sleep = async () => {}
  const clock: Clock = { now: () => now + shift, sleep }
  const client: ClientJobKind = createService({
    jobs,
    clock: { now: () => now, sleep },
    latency: () => 0,
    onRequest: () => {},
  })
  const source: ShardSource = {
    id: 'a/p/r/dli/batch',
    account: 'a',
    project: 'p',
    region: 'r',
    service: 'dli',
    kind: 'batch',
    client,
    interval: '1m',
    maxInterval: '1m',
    rate: 1000,
    burst: 1000,
    rules: [],
    ...options,
  }
  const store = createMemoryStore(clock.now)
  await store.addShards([source], start)
  await store.addRun('shards', source.id)
  const context = { store, now: clock.now, random: () => 0.5, cache: new Map(), redact: (text: string) => text }
  return {
    clock,
    source,
    store,
    shiftClock(ms) {
      shift += ms
    },
    async pollUntil(end, step = minute) {
      const found: NewEvent[] = []
      while (now < end) {
        now += step
        for (const run of await store.fetchRuns('shards', 1)) {
          found.push(...(await runShard(context, source, run, new AbortController().signal)).events)
        }
      }
      return found
    },
  }
}
