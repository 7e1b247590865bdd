import type { Clock } from '@jobscope/core'
import type { ClientJobKind } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import type { ShardSource } from '../src/engine/run-shard.ts'
import { startWorkers } from '../src/engine/start-workers.ts'
import type { WatcherEvent } from '../src/index.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import type { Store } from '../src/store/store.ts'
import { createService, createVirtualTime, type SimulatedJob } from './simulation.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
const concurrency = 8

type CreateClient = (clock: Clock) => ClientJobKind

const createJobs = (count: number): SimulatedJob[] =>
  Array.from({ length: count }, (_, index) => {
    const createdAt = start + ((index + 1) / count) * 8 * minute
    return {
      id: `j${index}`,
      createdAt,
      runningAt: createdAt + minute,
      endedAt: createdAt + 3 * minute,
      lastState: 'success',
    }
  })

const workingService: CreateClient = clock =>
  createService({ jobs: createJobs(20), clock, latency: () => 100, onRequest: () => {} })

/** Watches one shard of a working account and 12 shards of each faulty account for 12 minutes of virtual time. */
async function watchBeside(createFaultyClient: CreateClient, faultyAccounts = 1) {
  const time = createVirtualTime(start)
  const { clock } = time
  const store: Store = createMemoryStore(clock.now)
  const source = (account: string, region: string, client: ClientJobKind): ShardSource => ({
    id: `${account}/p/${region}/dli/batch`,
    account,
    project: 'p',
    region,
    service: 'dli',
    kind: 'batch',
    client,
    interval: '10s',
    maxInterval: '10s',
    rate: 3,
    burst: 20,
    rules: [],
  })
  const faulty = Array.from({ length: 12 * faultyAccounts }, (_, index) =>
    source(`faulty-${index % faultyAccounts}`, `r${index}`, createFaultyClient(clock)),
  )
  const sources = new Map([...faulty, source('working', 'r', workingService(clock))].map(item => [item.id, item]))
  const polls: { readonly shard: string; readonly at: number }[] = []
  const delivered: WatcherEvent[] = []
  const addRuns = async () => {
    await store.addShards([...sources.values()], start)
    for (const id of sources.keys()) await store.addRun('shards', id)
    await store.addRun('sinks', 'receiver')
  }
  await addRuns()
  const sink = { name: 'receiver', deliver: async (events: readonly WatcherEvent[]) => void delivered.push(...events) }
  startWorkers({
    store,
    clock,
    concurrency,
    keepEvents: 1000 * minute,
    keepHistory: 1000 * minute,
    redact: text => text,
    hooks: { onRun: shard => void polls.push({ shard, at: clock.now() }) },
    getSources: () => sources,
    getSinks: () => new Map([['receiver', sink]]),
    addRuns,
  })
  await time.runUntil(start + 12 * minute)
  const times = polls.filter(({ shard }) => shard.startsWith('working/')).map(({ at }) => at)
  const gaps = times.map((at, index) => at - (times[index - 1] ?? start))
  const ends = delivered.filter(({ source, type }) => source.includes('/working/') && type === 'jobscope.job.ended')
  return { store, longestGap: Math.max(...gaps), ends: ends.length }
}

/** Replaces the list request of the working service. */
const withList =
  (list: (clock: Clock) => Promise<unknown>): CreateClient =>
  clock => {
    const kind = workingService(clock)
    const pages = async function* () {
      yield await list(clock)
    }
    return { ...kind, client: { ...(kind.client as object), listBatches: { all: () => ({ pages }) } } as never }
  }

const unresponsiveService = withList(clock => clock.sleep(minute))

test.each([2, 10])(
  'an account is polled on time while the services of %i other accounts send no responses',
  async count => {
    const { longestGap, ends } = await watchBeside(unresponsiveService, count)
    expect(ends).toBe(20)
    expect(longestGap).toBeLessThan(0.5 * minute)
  },
)

test.each<[string, CreateClient]>([
  ['sends no responses', withList(clock => clock.sleep(10 * minute))],
  [
    'rejects the credentials',
    withList(async clock => {
      await clock.sleep(100)
      throw new Error('The credentials are invalid.')
    }),
  ],
  [
    'sends invalid responses',
    withList(async clock => {
      await clock.sleep(100)
      return { unexpected: [null, 1] }
    }),
  ],
  [
    'lists 2,000 running jobs per shard',
    clock => {
      const running = createJobs(2000).map(job => ({
        ...job,
        createdAt: start - minute,
        endedAt: start + 600 * minute,
      }))
      return createService({ jobs: running, clock, latency: () => 1000, onRequest: () => {} })
    },
  ],
])('an account is polled on time while the service of another account %s', async (_, createFaultyClient) => {
  const { longestGap, ends } = await watchBeside(createFaultyClient)
  expect(ends).toBe(20)
  expect(longestGap).toBeLessThan(0.5 * minute)
})
