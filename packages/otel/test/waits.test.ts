import { SpanStatusCode } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createTestTelemetry, findChildren, startService } from './set-up.ts'

test('records a span per wait with a child span per job, and spans for the periods in which the job was queued and running', async () => {
  const { hooks, useClock, readSpans, readMetric } = createTestTelemetry()
  const { mock, dli } = await startService(hooks)
  useClock(mock.clock.now)
  const { job_id } = await dli.submitSqlJob({ body: { sql: 'SELECT 1' } })
  await dli.waitForSqlJob({ job_id: `${job_id}` }, { clock: mock.clock })
  const spans = readSpans()
  const wait = spans.find(({ name }) => name === 'waitForSqlJob')
  const [job, ...otherJobs] = findChildren(spans, wait)
  expect(otherJobs).toEqual([])
  expect(job).toMatchObject({
    name: 'job dli:sql-job',
    attributes: { 'jobscope.job.id': job_id, 'jobscope.job.state': 'succeeded', 'jobscope.wait.outcome': 'succeeded' },
    status: { code: SpanStatusCode.UNSET },
  })
  const states = findChildren(spans, job)
  expect(states.map(({ name }) => name)).toContain('running')
  const { points } = await readMetric('jobscope.job.state.duration')
  expect(points.map(({ attributes }) => attributes['jobscope.job.state'])).toEqual(states.map(({ name }) => name))
})

test('records one span for a wait for several jobs, and marks the job that failed', async () => {
  const { hooks, useClock, readSpans, readMetric } = createTestTelemetry()
  const { mock, dli, jobs } = await startService(hooks)
  useClock(mock.clock.now)
  const refs: string[] = []
  for (const scenario of ['run', 'fail'] as const) {
    const { job_id } = await dli.submitSqlJob({ body: { sql: 'SELECT 1' } })
    const ref = `dli:sql-job:${job_id}`
    mock.jobs.setScenario(ref, scenario)
    refs.push(ref)
  }
  await expect(jobs.wait(refs)).rejects.toThrow('failed')
  const spans = readSpans()
  const waits = spans.filter(({ name }) => name === 'wait')
  expect(waits).toHaveLength(1)
  expect(waits[0]?.status.code).toBe(SpanStatusCode.ERROR)
  const children = findChildren(spans, waits[0])
  const outcomes = children.map(({ attributes, status }) => [attributes['jobscope.wait.outcome'], status.code])
  expect(outcomes.toSorted()).toEqual([
    ['job-failed', SpanStatusCode.ERROR],
    ['succeeded', SpanStatusCode.UNSET],
  ])
  for (const child of children) expect(findChildren(spans, child).map(({ name }) => name)).toContain('running')
  expect((await readMetric('jobscope.wait.duration')).points).toHaveLength(2)
})
