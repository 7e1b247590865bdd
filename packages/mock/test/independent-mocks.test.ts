import { expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { call } from './harness.ts'

test('two mocks of a process have separate jobs, even if the jobs have the same ID', async () => {
  await using first = await createMock({ services: ['dli'] })
  await using second = await createMock({ services: ['dli'] })
  const create = async (origin: string): Promise<string> => {
    const body = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main' })
    const headers = { 'X-Auth-Token': 't', 'Content-Type': 'application/json' }
    const response = await call(`${origin}/v2.0/p/batches`, { method: 'POST', body, headers })
    return `dli:batch:${(response.body as { id: string }).id}`
  }
  const ref = await create(first.url('dli'))
  expect(second.jobs.size).toBe(0)
  // The IDs depend on the seed, so the first job of each mock has the same ID.
  expect(await create(second.url('dli'))).toBe(ref)
  first.jobs.delete(ref)
  expect(first.jobs.size).toBe(0)
  expect(second.jobs.size).toBe(1)
})
