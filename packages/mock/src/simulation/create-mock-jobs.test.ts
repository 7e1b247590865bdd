import { expect, test } from 'vitest'
import { jobService } from '../../test/fixtures/job-service.ts'
import { loadOperations } from '../operation.ts'
import { virtualClock } from './clock.ts'
import { createMockJobs } from './create-mock-jobs.ts'
import { createJobCollection } from './job-collection.ts'
import { createKinds } from './job-kind.ts'
import { SimulatedJob } from './simulated-job.ts'
import { createSimulationContext } from './simulation-context.ts'

test('percent-encodes special characters of the key in references, as @jobscope/jobs does', async () => {
  const clock = virtualClock()
  const kinds = createKinds('work', jobService['x-jobs'] ?? {}, await loadOperations(jobService))
  const kind = kinds.find(({ ref }) => ref === 'work:task')
  if (!kind) throw new Error('The fixture must have the kind work:task.')
  const context = createSimulationContext(new Map([['work', jobService]]), {}, clock)
  const collection = createJobCollection(kind, context)
  const job = new SimulatedJob({
    rules: kind.rules,
    clock,
    key: ['a/b:c %ü'],
    submitted: {},
    getStateDuration: () => 1000,
  })
  job.start(['Waiting', 'Running'])
  collection.store.add(job)

  const jobs = createMockJobs([collection])
  const ref = 'work:task:a%2Fb%3Ac%20%25%C3%BC'
  expect(jobs.list().map(listed => listed.ref)).toEqual([ref])
  expect(jobs.get(ref)?.key).toEqual({ task_id: 'a/b:c %ü' })
  jobs.setScenario(ref, ['Failed'])
  expect(jobs.get(ref)?.state).toBe('failed')
  jobs.delete(ref)
  expect(jobs.size).toBe(0)
})
