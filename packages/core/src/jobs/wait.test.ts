import { describe, expect, test } from 'vitest'
import { type Act, fetchFailed, harness, json, rejection } from '../../test/harness.ts'
import { JobFailedError, WaitTimeoutError } from '../errors/wait-errors.ts'
import { cancelJob } from './cancel.ts'
import { findJob } from './find.ts'
import type { JobKind } from './job-kind.ts'
import { type WaitOptions, wait } from './wait.ts'

const kind: JobKind = {
  key: { job_id: '/id' },
  get: { operation: 'getJob', at: '/job' },
  cancel: { operation: 'deleteJob', run: cancelJob },
  fields: { state: '/state', reason: '/log' },
  polling: { interval: 10, maxInterval: 60 },
  states: {
    starting: 'starting',
    running: 'running',
    done: 'succeeded',
    broken: 'failed',
    stopped: 'canceled',
    dead: { is: 'failed', settle: 60 },
    draft: { is: 'queued', stable: true },
  },
}

const seenAs = (state: string, log?: string) => json({ job: { id: 'j', state, log } })

/** Waits for job `j`, whose looks meet `acts`. */
function waiting(acts: Act[], options: WaitOptions = {}, rules: JobKind = kind, more: object = {}) {
  const { client, clock, seen } = harness(acts, { retry: false })
  const polls: string[] = []
  const onPoll: WaitOptions['onPoll'] = job => polls.push(job.rawState)
  const promise = wait(client as never, 'waitForJob', rules, { job_id: 'j', ...more }, { clock, onPoll, ...options })
  return { promise, clock, seen, polls }
}

describe('the end', () => {
  test('a job that succeeds comes back as the service sent it', async () => {
    const { promise, polls } = waiting([seenAs('starting'), seenAs('running'), seenAs('DONE')])
    expect(await promise).toEqual({ id: 'j', state: 'DONE' })
    expect(polls).toEqual(['starting', 'running', 'DONE'])
  })

  test.each([
    ['broken', 'failed'],
    ['stopped', 'canceled'],
  ])('a job that is %s throws, with the reason and the last body', async (state, as) => {
    const error = await rejection(waiting([seenAs('running'), seenAs(state, 'out of memory')]).promise)
    expect(error).toBeInstanceOf(JobFailedError)
    expect(error).toMatchObject({
      reason: 'out of memory',
      job: { state: as, rawState: state },
      body: { id: 'j', state },
    })
    expect(`${error}`).toBe(`JobFailedError: waitForJob: ${state}: ${as}: out of memory`)
  })

  test('a state that must settle counts when it is still there after its time', async () => {
    const { promise, clock } = waiting([seenAs('dead'), seenAs('dead'), seenAs('dead'), seenAs('dead'), seenAs('dead')])
    await expect(promise).rejects.toThrow('dead: failed')
    expect(clock.now()).toBeGreaterThanOrEqual(60_000)
  })

  test('one that recovers meanwhile does not', async () => {
    const { promise } = waiting([seenAs('dead'), seenAs('running'), seenAs('dead'), seenAs('done')])
    expect(await promise).toMatchObject({ state: 'done' })
  })

  test('a job that rests is not waited for', async () => {
    const { promise, clock } = waiting([seenAs('draft')])
    await expect(promise).rejects.toThrow('draft: stays so')
    expect(clock.slept).toEqual([])
  })

  test('a state that nobody documented is reported and waited through', async () => {
    const { promise, polls } = waiting([seenAs('melting'), seenAs('done')])
    expect(await promise).toMatchObject({ state: 'done' })
    expect(polls).toEqual(['melting', 'done'])
  })
})

describe('until running', () => {
  test('is the default for kinds that do not end by themselves', async () => {
    expect(
      await waiting([seenAs('starting'), seenAs('running')], {}, { ...kind, endsByItself: false }).promise,
    ).toMatchObject({
      state: 'running',
    })
  })

  test('can be asked for, and a job that is already done will do', async () => {
    expect(await waiting([seenAs('running')], { until: 'running' }).promise).toMatchObject({ state: 'running' })
    expect(await waiting([seenAs('done')], { until: 'running' }).promise).toMatchObject({ state: 'done' })
    await expect(waiting([seenAs('broken')], { until: 'running' }).promise).rejects.toThrow(JobFailedError)
  })
})

describe('time', () => {
  test('looks come further apart, from the interval of the kind to its longest, a tenth more or less', async () => {
    const { promise, clock } = waiting([...Array(8)].map(() => seenAs('running')).concat(seenAs('done')))
    await promise
    const expected = [10, 15, 22.5, 33.75, 50.6, 60, 60, 60]
    expect(clock.slept).toHaveLength(expected.length)
    for (const [n, ms] of clock.slept.entries()) {
      expect(ms / 1000).toBeGreaterThan((expected[n] as number) * 0.899)
      expect(ms / 1000).toBeLessThan((expected[n] as number) * 1.101)
    }
  })

  test('ends with a handle: plain data to resume with', async () => {
    const { promise, clock } = waiting(
      [...Array(9)].map(() => seenAs('running')),
      { timeout: '60s' },
    )
    const error = await rejection(promise)
    expect(error).toBeInstanceOf(WaitTimeoutError)
    const { handle } = error as WaitTimeoutError
    expect(JSON.parse(JSON.stringify(handle))).toEqual({ wait: 'waitForJob', args: { job_id: 'j' } })
    expect(error).toMatchObject({ job: { rawState: 'running' } })
    expect(clock.now()).toBe(60_000)
  })

  test('own intervals are taken', async () => {
    const { promise, clock } = waiting([seenAs('running'), seenAs('running'), seenAs('done')], {
      interval: '1s',
      maxInterval: '1s',
    })
    await promise
    for (const ms of clock.slept) expect(ms).toBeLessThanOrEqual(1100)
  })
})

describe('looks that fail', () => {
  test('for a passing reason do not end the wait', async () => {
    const { promise } = waiting([
      json({}, 503),
      fetchFailed('ECONNRESET'),
      json({}, 429),
      json({ error_code: 'SVC.0999' }, 400),
      seenAs('done'),
    ])
    expect(await promise).toMatchObject({ state: 'done' })
  })

  test('are followed by no other before the time that the service asks for', async () => {
    const { promise, clock } = waiting([json({}, 429, { 'retry-after': '240' }), seenAs('done')])
    await promise
    expect(clock.slept).toEqual([240_000])
  })

  test('again and again do', async () => {
    const { promise, seen } = waiting([...Array(20)].map(() => json({}, 503)))
    await expect(promise).rejects.toMatchObject({ name: 'ApiError', status: 503 })
    expect(seen).toHaveLength(11)
  })

  test.each([400, 401, 403, 404])('for a lasting reason (%i) end it at once', async status => {
    const { promise, seen } = waiting([seenAs('running'), json({}, status)])
    await expect(promise).rejects.toMatchObject({ status })
    expect(seen).toHaveLength(2)
  })
})

describe('abort', () => {
  test('ends the wait at once with the reason, and leaves the job alone', async () => {
    const controller = new AbortController()
    const { promise, seen } = waiting([seenAs('running')], {
      signal: controller.signal,
      onPoll: () => controller.abort('mine'),
    })
    expect(await rejection(promise)).toBe('mine')
    expect(seen.map(({ method }) => method)).toEqual(['GET'])
  })

  test('cancels the job only if that was asked for', async () => {
    const controller = new AbortController()
    const options = { signal: controller.signal, cancelOnAbort: true, onPoll: () => controller.abort('mine') }
    const { promise, seen } = waiting([seenAs('running'), json({})], options)
    expect(await rejection(promise)).toBe('mine')
    expect(seen.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'GET /v1/p1/jobs/j',
      'DELETE /v1/p1/jobs/j',
    ])
  })

  test('a bulk call that cancels gets the key in its body, and not as a parameter', async () => {
    const controller = new AbortController()
    const cancel = {
      operation: 'createJob',
      args: { action: 'STOP' },
      body: { job_ids: ['$job_id'] },
      without: ['job_id'],
      run: cancelJob,
    }
    const options = { signal: controller.signal, cancelOnAbort: true, onPoll: () => controller.abort('mine') }
    const { promise, seen } = waiting([seenAs('running'), json({})], options, { ...kind, cancel }, { job_id: '148' })
    await rejection(promise)
    expect(seen[1]).toMatchObject({ method: 'POST', body: '{"job_ids":[148]}' })
    expect(seen[1]?.url).toBe('https://svc.test/v1/p1/jobs?action=STOP')
  })
})

test('a kind without a get is looked for in its list', async () => {
  const rules: JobKind = {
    ...kind,
    key: { category: '', job_id: '/id' },
    get: { operation: 'listJobs', at: '/jobs', find: ['job_id'], run: findJob },
  }
  const list = (state: string) =>
    json({
      jobs: [
        { id: 'other', state: 'broken' },
        { id: 'j', state },
      ],
    })
  const { promise, seen } = waiting([list('running'), json({ jobs: [] }), list('done')], {}, rules, {
    category: 'RECALL',
  })
  expect(await promise).toEqual({ id: 'j', state: 'done' })
  expect(seen[0]?.url).toBe('https://svc.test/v1/p1/jobs?category=RECALL')
})
