import { expect, test } from 'vitest'
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
