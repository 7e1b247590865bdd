import { token } from '@jobscope/core'
import { createMock, perPollClock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { jobTools } from './job-tools.ts'
import type { ToolContext } from './tool.ts'

/** Calls `wait_for_jobs` for Flink jobs with these states. */
async function waitForFlinkJobs(scenarios: readonly (readonly string[])[], options: object = {}) {
  const mock = await createMock({ clock: perPollClock(), services: ['dli'], seedJobs: 40 })
  onTestFinished(() => mock.close())
  const refs = mock.jobs.list('dli:flink-job').map(({ ref }) => ref)
  const waited = scenarios.map((states, index) => {
    mock.jobs.setScenario(refs[index] as string, states)
    return refs[index] as string
  })
  const jobs = connectJobs({
    region: undefined,
    cloud: undefined,
    projectId: 'p1',
    credentials: token('any'),
    endpoints: { '': mock.origin },
    parameters: {},
    pollClock: mock.clock,
  })
  const tool = jobTools.find(({ name }) => name === 'wait_for_jobs')
  const context = { jobs, signal: new AbortController().signal, now: Date.now } as unknown as ToolContext
  const args = { refs: waited, timeoutSeconds: 3600, any: false, ...options }
  return (await tool?.run(args as never, context)) as { readonly hasEnded: boolean; readonly timedOut: boolean }
}

test('wait_for_jobs waits until a streaming job has ended, although its kind does not end by itself', async () => {
  const result = await waitForFlinkJobs([['job_running', 'job_running', 'job_cancel_success']])
  expect(result).toMatchObject({ hasEnded: true, timedOut: false, jobs: [{ state: 'canceled' }] })
})

test('wait_for_jobs waits until the timeout if a streaming job continues to run', async () => {
  const result = await waitForFlinkJobs([['job_running']])
  expect(result).toMatchObject({ hasEnded: false, timedOut: true, jobs: [{ state: 'running' }] })
})

test('wait_for_jobs reports a job that remains in its state as not timed out, so that the model does not repeat the call', async () => {
  const result = await waitForFlinkJobs([['job_cancel_fail']])
  expect(result).toMatchObject({ hasEnded: false, timedOut: false, jobs: [{ rawState: 'job_cancel_fail' }] })
})
