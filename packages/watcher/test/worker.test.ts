import type { Clock } from '@jobscope/core'
import { expect, test } from 'vitest'
import { startWorker } from '../src/engine/worker.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import type { Run } from '../src/store/store.ts'
import { createVirtualTime } from './simulation.ts'

/** Starts a worker on virtual time, with runs of these keys. */
async function setUp(keys: readonly string[], handle: (run: Run, signal: AbortSignal, clock: Clock) => Promise<void>) {
  const time = createVirtualTime(0)
  const { clock } = time
  const store = createMemoryStore(clock.now)
  for (const key of keys) await store.addRun('shards', key)
  const errors: unknown[] = []
  const worker = startWorker({
    store,
    queue: 'shards',
    clock,
    concurrency: 4,
    accountConcurrency: () => 2,
    pollInterval: 500,
    handle: (run, signal) => handle(run, signal, clock),
    onError: error => void errors.push(error),
  })
  return { time, store, worker, errors }
}

test('after the timeout of stop(), a worker returns its runs, and another worker can fetch them at once', async () => {
  const { time, store, worker } = await setUp(['a/1'], () => new Promise(() => {}))
  await time.runUntil(1000)
  const stopped = worker.stop(5000)
  await time.runUntil(5900)
  expect(await store.fetchRuns('shards', 1)).toEqual([])
  await time.runUntil(6000)
  await stopped
  expect((await store.fetchRuns('shards', 1)).map(({ key }) => key)).toEqual(['a/1'])
})

test('stop() waits for a run that ends before the timeout', async () => {
  let ended = 0
  const { time, worker } = await setUp(['a/1'], async (_run, _signal, clock) => {
    await clock.sleep(3000)
    ended = clock.now()
  })
  await time.runUntil(1000)
  const stopped = worker.stop(5000)
  await time.runUntil(10_000)
  await stopped
  expect(ended).toBe(3000)
})

test('stop() ends after its timeout although the store does not respond', async () => {
  const { time, store, worker } = await setUp(['a/1'], () => new Promise(() => {}))
  await time.runUntil(1000)
  const never = () => new Promise<never>(() => {})
  Object.assign(store, { fetchRuns: never, keepRuns: never, postponeRun: never })
  await time.runUntil(4000)
  let stoppedAt = 0
  void worker.stop(5000).then(() => {
    stoppedAt = time.clock.now()
  })
  await time.runUntil(60_000)
  expect(stoppedAt).toBe(11_000)
})

test('an account has at most as many concurrent runs as accountConcurrency allows, even if no other run is due', async () => {
  const active = new Map<string, number>()
  let highest = 0
  const { time, worker } = await setUp(['a/1', 'a/2', 'a/3', 'a/4', 'a/5'], async (run, _signal, clock) => {
    active.set(run.key, 1)
    highest = Math.max(highest, active.size)
    await clock.sleep(700)
    active.delete(run.key)
  })
  await time.runUntil(20_000)
  expect(highest).toBe(2)
  const stopped = worker.stop(0)
  await time.runUntil(30_000)
  await stopped
})

test('a run whose handler fails is repeated after a pause, and the error is reported', async () => {
  const times: number[] = []
  const { time, errors } = await setUp(['a/1'], async (_run, _signal, clock) => {
    times.push(clock.now())
    throw new Error('no connection')
  })
  await time.runUntil(14_000)
  expect(times).toHaveLength(3)
  expect(errors.map(error => `${error}`)).toEqual(Array(3).fill('Error: no connection'))
})

test('if more runs are due than a worker can run at the same time, the next run starts as soon as a run ends', async () => {
  const keys = Array.from({ length: 40 }, (_, index) => `account-${index}/1`)
  const endTimes: number[] = []
  const { time, store } = await setUp(keys, async (run, _signal, clock) => {
    await clock.sleep(10)
    endTimes.push(clock.now())
    await store.removeRun(run)
  })
  await time.runUntil(10_000)
  expect(endTimes).toHaveLength(40)
  expect(Math.max(...endTimes)).toBe(100)
})

test('a run of an account that had too many concurrent runs starts when another run of this account ends', async () => {
  const endTimes: number[] = []
  const { time, store } = await setUp(['a/1', 'a/2', 'a/3'], async (run, _signal, clock) => {
    await clock.sleep(run.key === 'a/1' ? 10 : 1000)
    endTimes.push(clock.now())
    await store.removeRun(run)
  })
  await time.runUntil(10_000)
  expect(endTimes).toEqual([10, 1000, 1010])
})

test('if no more runs are due, the worker fetches runs only once per poll interval', async () => {
  let fetches = 0
  const { time, store } = await setUp(['a/1'], async (run, _signal, clock) => {
    await clock.sleep(10)
    await store.postponeRun(run, 10)
  })
  const { fetchRuns } = store
  Object.assign(store, {
    fetchRuns: (...args: Parameters<typeof fetchRuns>) => {
      fetches++
      return fetchRuns(...args)
    },
  })
  await time.runUntil(10_000)
  expect(fetches).toBe(20)
})

test('runs that last longer than 2 seconds do not delay the runs of other accounts', async () => {
  const startTimes = new Map<string, number>()
  const keys = ['a/1', 'a/2', 'a/3', 'b/1', 'b/2', 'b/3', 'c/1']
  const { time } = await setUp(keys, (run, _signal, clock) => {
    startTimes.set(run.key, clock.now())
    return new Promise(() => {})
  })
  await time.runUntil(10_000)
  expect([...startTimes.keys()]).toEqual(['a/1', 'a/2', 'b/1', 'b/2', 'c/1'])
  expect(startTimes.get('c/1')).toBeLessThanOrEqual(2500)
})
