import { expect, test } from 'vitest'
import { runShard } from '../src/engine/run-shard.ts'
import { minute, start, watchVirtually } from './watch-virtually.ts'

const job = {
  id: '1',
  createdAt: start,
  runningAt: start + minute,
  endedAt: start + 5 * minute,
  lastState: 'dead',
} as const

test('if the results of a poll cannot be stored, the shard has the error, and a later poll reports the same job', async () => {
  const { store, source, pollUntil } = await watchVirtually([job])
  const { commitRun } = store
  Object.assign(store, {
    commitRun: async (...args: Parameters<typeof commitRun>) => {
      if (args[1].events.length > 0) throw new Error('invalid byte sequence')
      return commitRun(...args)
    },
  })
  await expect(pollUntil(start + 2 * minute)).rejects.toThrow('invalid byte sequence')
  const [shard] = await store.listShards()
  expect(shard?.progress.lastError).toBe('Error: invalid byte sequence')
  expect(await store.readEvents(source.id, 0, 10)).toEqual([])
  Object.assign(store, { commitRun })
  expect((await pollUntil(start + 4 * minute)).map(({ ref }) => ref)).toContain('dli:batch:1')
  expect((await store.listShards())[0]?.progress).not.toHaveProperty('lastError')
})

test('after the clock was set back by an hour, the polls continue at once', async () => {
  const { pollUntil, shiftClock } = await watchVirtually([job])
  await pollUntil(start + 4 * minute)
  shiftClock(-60 * minute)
  const events = await pollUntil(start + 8 * minute)
  expect(events.map(({ type, data }) => [type, data['state']])).toEqual([['ended', 'failed']])
})

test('the first poll of a shard does not count as throttled, because its account has no tokens at the start', async () => {
  const { store, source, clock, pollUntil } = await watchVirtually([job], { burst: 1, rate: 1 })
  const context = { store, now: clock.now, random: () => 0, cache: new Map(), redact: (text: string) => text }
  const { signal } = new AbortController()
  const [first] = await store.fetchRuns('shards', 1)
  if (!first) throw new Error('no run')
  expect(await runShard(context, source, first, signal)).toMatchObject({ requests: 0, throttled: false })
  await pollUntil(start + minute)
  Object.assign(store, { takeTokens: async () => ({ taken: 0, wait: 1000 }) })
  const run = { queue: 'shards', key: source.id, attempt: '' } as const
  expect(await runShard(context, source, run, signal)).toMatchObject({ requests: 0, throttled: true })
})
