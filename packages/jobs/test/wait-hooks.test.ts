import type { PollEvent, WaitEndEvent, WaitEvent } from '@jobscope/core'
import type { Scenario } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { createJobs, type WaitForJobsOptions } from '../src/index.ts'
import { setUp } from './set-up.ts'

type RecordedEvent = { readonly hook: string } & WaitEvent & Partial<WaitEndEvent>

/** Waits for new SQL jobs with these scenarios, and records the events of the hooks. The first job ends first. */
async function waitObserved(scenarios: readonly Scenario[], options: WaitForJobsOptions & { mode?: 'any' } = {}) {
  const { mock, clients } = await setUp()
  const events: RecordedEvent[] = []
  const polls: PollEvent[] = []
  const hooks = {
    onPoll: (event: PollEvent) => polls.push(event),
    onWaitStart: (event: WaitEvent) => events.push({ hook: 'start', ...event }),
    onWaitEnd: (event: WaitEndEvent) => events.push({ hook: 'end', ...event }),
  }
  const jobs = createJobs(clients, { clock: mock.clock, hooks })
  const ids: string[] = []
  for (const scenario of scenarios) {
    const { job_id } = await clients.dli.submitSqlJob({ body: { sql: 'SELECT 1' } })
    const id = `${job_id}`
    ids.push(id)
    mock.jobs.setScenario(`dli:sql-job:${id}`, scenario)
  }
  const refs = ids.map(id => `dli:sql-job:${id}`)
  const error = await jobs.wait(refs, options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { ids, events, polls, error }
}

const getOutcomes = (events: readonly RecordedEvent[], ids: readonly string[]) =>
  ids.map(id => events.find(({ hook, jobId }) => hook === 'end' && jobId === id)?.outcome)

test('a wait for two jobs reports the start and the end of each job, and all events have the ID of the wait', async () => {
  const { ids, events } = await waitObserved(['run', 'fail'])
  expect(events.slice(0, 2)).toMatchObject(
    ids.map(jobId => ({ hook: 'start', operation: 'wait', service: 'dli', kind: 'sql-job', jobId })),
  )
  expect(new Set(events.map(({ waitId }) => waitId)).size).toBe(1)
  expect(events[0]?.waitId).toMatch(/^[\da-f]{32}$/)
  expect(events).toHaveLength(4)
  expect(getOutcomes(events, ids)).toEqual(['succeeded', 'job-failed'])
  for (const { hook, state, duration } of events.slice(2)) {
    expect({ hook, state }).toEqual({ hook: 'end', state: expect.stringMatching(/^(succeeded|failed)$/) })
    expect(duration).toBeGreaterThan(1000)
  }
})

test('a wait reports the states of each job', async () => {
  const { ids, events, polls } = await waitObserved(['run', 'fail'])
  for (const id of ids) {
    const ofJob = polls.filter(({ jobId }) => jobId === id)
    const { state } = events.find(({ hook, jobId }) => hook === 'end' && jobId === id) ?? {}
    expect(ofJob.map(({ job }) => job.state)).toContain('running')
    expect(ofJob.at(-1)).toMatchObject({ waitId: events[0]?.waitId, job: { state } })
  }
})

test('a wait for the first of several jobs reports the other jobs as stopped', async () => {
  const { ids, events, error } = await waitObserved([['LAUNCHING', 'FINISHED'], 'hang'], { mode: 'any' })
  expect(error).toBeUndefined()
  expect(getOutcomes(events, ids)).toEqual(['succeeded', 'stopped'])
})

test('a wait with failFast reports the other jobs as stopped', async () => {
  const { ids, events } = await waitObserved(['fail', 'hang'], { failFast: true })
  expect(getOutcomes(events, ids)).toEqual(['job-failed', 'stopped'])
})

test('a wait that times out reports the timeout and the error for each job that has not ended', async () => {
  const { ids, events, error } = await waitObserved(['run', 'hang'], { timeout: '2h' })
  expect(getOutcomes(events, ids)).toEqual(['succeeded', 'timeout'])
  const last = events.at(-1)
  expect(last).toMatchObject({ outcome: 'timeout', error })
  expect(last?.duration).toBeGreaterThanOrEqual(7_200_000)
})

test('an abort of a wait is reported for each job', async () => {
  const { ids, events } = await waitObserved(['hang', 'hang'], { signal: AbortSignal.abort() })
  expect(getOutcomes(events, ids)).toEqual(['aborted', 'aborted'])
  expect(events.at(-1)?.state).toBeUndefined()
})
