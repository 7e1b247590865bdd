import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'

/** A third of the seeded jobs are batches, because DLI has three kinds of jobs. */
const JOBS = 300_000

test('paginating a filtered and sorted list of 100,000 jobs returns each matching job exactly once', {
  timeout: 120_000,
}, async () => {
  await using mock = await createMock({ services: ['dli'], seedJobs: JOBS })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') })
  const batches = mock.jobs.list('dli:batch')
  expect(batches).toHaveLength(100_000)
  const dead = batches.filter(({ rawState }) => rawState === 'dead').map(({ key }) => key['batch_id'])
  expect(dead.length).toBeGreaterThan(10_000)

  const seen: string[] = []
  let last = 0
  for await (const { id, state, create_time } of dli.listBatches.all({ state: 'dead', order: 'CREATE_TIME_ASC' })) {
    seen.push(id)
    if (state !== 'dead' || Number(create_time) < last)
      throw new Error(`Unexpected batch ${id}: state ${state}, created ${create_time}`)
    last = Number(create_time)
  }
  expect(seen).toHaveLength(dead.length)
  expect(new Set(seen)).toEqual(new Set(dead))
})
