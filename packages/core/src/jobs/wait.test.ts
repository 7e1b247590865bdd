import { describe, expect, test } from 'vitest'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../test/test-client.ts'
import { createVirtualClock } from '../../test/virtual-clock.ts'
import { ApiError } from '../errors/api-error.ts'
import { JobFailedError } from '../errors/job-failed-error.ts'
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts'
import { cancelJob } from './cancel.ts'
import { findJob } from './find.ts'
import type { JobKind } from './job-kind.ts'
import { wait } from './wait.ts'
import type { WaitOptions } from './wait-options.ts'

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

const createResponse = (state: string, log?: string) => respond({ job: { id: 'j', state, log } })

/** Waits for job `j`. Each poll gets one of `responses`. */
function startWait(responses: FakeResponse[], options: WaitOptions = {}, rules: JobKind = kind, more: object = {}) {
  const { client, clock, requests } = createTestClient(responses, { retry: false })
  const polls: string[] = []
  const onPoll: WaitOptions['onPoll'] = job => polls.push(job.rawState)
  const promise = wait(
    { client, name: 'waitForJob', kind: rules, args: { job_id: 'j', ...more } },
    { clock, onPoll, ...options },
  )
  return { promise, clock, requests, polls }
}

describe('a wait', () => {
  test('returns the unchanged body of a job that succeeded', async () => {
    const { promise, polls } = startWait([
      createResponse('starting'),
      createResponse('running'),
      createResponse('DONE'),
    ])
    expect(await promise).toEqual({ id: 'j', state: 'DONE' })
    expect(polls).toEqual(['starting', 'running', 'DONE'])
  })

  test.each([
    ['broken', 'failed'],
    ['stopped', 'canceled'],
  ])('throws for a job that is %s, with the reason and the last body', async (state, jobState) => {
    const error = await catchRejection(
      startWait([createResponse('running'), createResponse(state, 'out of memory')]).promise,
    )
    expect(error).toBeInstanceOf(JobFailedError)
    expect(error).toMatchObject({
      reason: 'out of memory',
      job: { state: jobState, rawState: state },
      body: { id: 'j', state },
    })
    expect(`${error}`).toBe(
      `JobFailedError: waitForJob: job j ended in state ${state} (${jobState}). Reason: out of memory`,
    )
  })

  test('ends at a state with a settling time only after the state has lasted for this time', async () => {
    const { promise, clock } = startWait([
      createResponse('dead'),
      createResponse('dead'),
      createResponse('dead'),
      createResponse('dead'),
      createResponse('dead'),
    ])
    await expect(promise).rejects.toThrow('job j ended in state dead (failed)')
    expect(clock.now()).toBeGreaterThanOrEqual(60_000)
  })

  describe('with a state whose settling time starts at the time in a field of the job', () => {
    const settling: JobKind = {
      ...kind,
      fields: { ...kind.fields, updatedAt: '/updated' },
      states: { ...kind.states, dead: { is: 'failed', settle: 60, settleFrom: 'updatedAt' } },
    }
    const now = Date.parse('2026-03-01T00:00:00Z')
    const createDead = (updated: number) => respond({ job: { id: 'j', state: 'dead', updated } })

    test('ends at the first poll if the job failed hours ago', async () => {
      const { promise, polls } = startWait(
        [createDead(now - 7_200_000)],
        { timeout: '5s', clock: createVirtualClock(now) },
        settling,
      )
      await expect(promise).rejects.toThrow('job j ended in state dead (failed)')
      expect(polls).toEqual(['dead'])
    })

    test('ends at the first poll if the job failed hours ago, also with the system clock', async () => {
      const dead = createDead(Date.now() - 7_200_000)
      const { promise, polls } = startWait([dead], { timeout: '5s', clock: undefined }, settling)
      await expect(promise).rejects.toThrow('job j ended in state dead (failed)')
      expect(polls).toEqual(['dead'])
    })

    test.each([
      ['a minute ago', now - 60_000],
      ['one second less than the settling time plus the clock tolerance ago', now - 959_000],
      ['in the future', now + 600_000],
    ])('waits for the settling time if the job failed %s', async (_, updated) => {
      const { promise, polls } = startWait(
        [createDead(updated), createResponse('done')],
        { clock: createVirtualClock(now) },
        settling,
      )
      expect(await promise).toMatchObject({ state: 'done' })
      expect(polls).toEqual(['dead', 'done'])
    })
  })

  describe('that recovers and fails again between two polls', () => {
    const settling: JobKind = {
      ...kind,
      fields: { ...kind.fields, updatedAt: '/updated' },
      states: { ...kind.states, dead: { is: 'failed', settle: 60, settleFrom: 'updatedAt' } },
    }
    const start = Date.parse('2026-03-01T00:00:00Z')
    const dead = (seconds?: number) =>
      respond({ job: { id: 'j', state: 'dead', updated: seconds === undefined ? null : start + seconds * 1000 } })
    const wait = async (responses: FakeResponse[]) => {
      const clock = createVirtualClock(start)
      const options = { clock, interval: '50s', maxInterval: '50s' } as const
      const outcome = await catchRejection(startWait(responses, options, settling).promise)
      return { outcome, seconds: (clock.now() - start) / 1000 }
    }

    test('gets the settling time from the poll that finds the later failure', async () => {
      const { outcome, seconds } = await wait([dead(0), dead(40), dead(40), dead(40), dead(40)])
      expect(outcome).toBeInstanceOf(JobFailedError)
      expect(seconds).toBeGreaterThanOrEqual(104)
    })

    test('gets no further settling time if the response contains the same time or no time', async () => {
      for (const time of [0, undefined]) {
        const { outcome, seconds } = await wait([dead(time), dead(time), dead(time), dead(time)])
        expect(outcome).toBeInstanceOf(JobFailedError)
        expect(seconds).toBe(60)
      }
    })
  })

  test('continues if a job recovers before its state has settled', async () => {
    const { promise } = startWait([
      createResponse('dead'),
      createResponse('running'),
      createResponse('dead'),
      createResponse('done'),
    ])
    expect(await promise).toMatchObject({ state: 'done' })
  })

  test('throws for a job in a state that it does not leave by itself', async () => {
    const { promise, clock } = startWait([createResponse('draft')])
    await expect(promise).rejects.toThrow('job j is in state draft, which it does not leave by itself')
    expect(clock.slept).toEqual([])
  })

  test('reports an undocumented state and continues', async () => {
    const { promise, polls } = startWait([createResponse('melting'), createResponse('done')])
    expect(await promise).toMatchObject({ state: 'done' })
    expect(polls).toEqual(['melting', 'done'])
  })
})

test('the message of a JobFailedError ends with the state of the job if the service reports no reason', async () => {
  const { promise } = startWait([createResponse('broken')])
  const error = (await catchRejection(promise)) as JobFailedError
  expect(error.message).toBe('waitForJob: job j ended in state broken (failed)')
})

test.each([300, 301])(
  'the message of a JobFailedError contains the last 300 characters of a reason of %i characters',
  async length => {
    const reason = 'abc'.repeat(200).slice(0, length)
    const { promise } = startWait([createResponse('broken', reason)])
    const error = (await catchRejection(promise)) as JobFailedError
    const shown = length > 300 ? `... ${reason.slice(1)}` : reason
    expect(error.message).toBe(`waitForJob: job j ended in state broken (failed). Reason: ${shown}`)
  },
)

test('the message of a JobFailedError contains only the last lines of a long reason', async () => {
  const log = Array.from({ length: 1000 }, (_, index) => `line ${index}`).join('\n')
  const { promise } = startWait([createResponse('broken', log)])
  const error = (await catchRejection(promise)) as JobFailedError
  expect(error.message).toMatch(/job j ended in state broken \(failed\)\. Reason: \.\.\. line \d+\n.*\nline 999$/s)
  expect(error.message.length).toBeLessThan(400)
  expect(error.reason).toBe(log)
})

describe('until: running', () => {
  test('until: running is the default for jobs that do not end by themselves', async () => {
    expect(
      await startWait([createResponse('starting'), createResponse('running')], {}, { ...kind, endsByItself: false })
        .promise,
    ).toMatchObject({
      state: 'running',
    })
  })

  test('returns a job that is running or has succeeded, and throws for a failed job', async () => {
    expect(await startWait([createResponse('running')], { until: 'running' }).promise).toMatchObject({
      state: 'running',
    })
    expect(await startWait([createResponse('done')], { until: 'running' }).promise).toMatchObject({ state: 'done' })
    await expect(startWait([createResponse('broken')], { until: 'running' }).promise).rejects.toThrow(JobFailedError)
  })
})

describe('polling', () => {
  test('increases the polling interval from the first to the longest interval of the kind, with 10 % jitter', async () => {
    const { promise, clock } = startWait(
      [...Array(8)].map(() => createResponse('running')).concat(createResponse('done')),
    )
    await promise
    const expected = [10, 15, 22.5, 33.75, 50.6, 60, 60, 60]
    expect(clock.slept).toHaveLength(expected.length)
    for (const [n, ms] of clock.slept.entries()) {
      expect(ms / 1000).toBeGreaterThan((expected[n] as number) * 0.899)
      expect(ms / 1000).toBeLessThan((expected[n] as number) * 1.101)
    }
  })

  test('rejects at the timeout with an error that contains a handle to resume the wait', async () => {
    const { promise, clock } = startWait(
      [...Array(9)].map(() => createResponse('running')),
      { timeout: '60s' },
    )
    const error = await catchRejection(promise)
    expect(error).toBeInstanceOf(WaitTimeoutError)
    const { handle } = error as WaitTimeoutError
    expect(JSON.parse(JSON.stringify(handle))).toEqual({ wait: 'waitForJob', args: { job_id: 'j' } })
    expect(error).toMatchObject({ job: { rawState: 'running' } })
    expect(`${error}`).toBe('WaitTimeoutError: waitForJob: job j is still in state running')
    expect(clock.now()).toBe(60_000)
  })

  test.each([10, 100, 300, 1000, 60_000])('exceeds a timeout of %i ms by at most 10 %%', async timeout => {
    const acts = [createResponse('running'), ...Array.from({ length: 20 }, () => 'hang' as const)]
    const { promise, clock } = startWait(acts, { timeout, interval: '100ms' })
    expect(await catchRejection(promise)).toBeInstanceOf(WaitTimeoutError)
    expect(clock.now()).toBeGreaterThanOrEqual(timeout)
    expect(clock.now()).toBeLessThanOrEqual(timeout * 1.1)
  })

  test.each(['timeout', 'interval', 'maxInterval'])('rejects a value of zero for the option %s', async option => {
    const { promise, requests } = startWait([], { [option]: '0s' })
    expect(await catchRejection(promise)).toMatchObject({ name: 'ConfigurationError', option })
    expect(requests).toEqual([])
  })

  test('never polls more often than every 100 ms', async () => {
    const acts = [createResponse('running'), createResponse('running'), createResponse('done')]
    const { promise, clock } = startWait(acts, { interval: 1, maxInterval: 1 })
    await promise
    for (const ms of clock.slept) expect(ms).toBeGreaterThanOrEqual(90)
  })

  test('rejects with a timeout error that contains the last error if no poll succeeded', async () => {
    const { promise } = startWait(
      [...Array(9)].map(() => respond({}, 503)),
      { timeout: '60s' },
    )
    const error = (await catchRejection(promise)) as WaitTimeoutError
    expect(`${error}`).toBe('WaitTimeoutError: waitForJob: no poll of job j succeeded. Last error: getJob: HTTP 503')
    expect(error.job).toBeUndefined()
    expect(error.cause).toMatchObject({ name: 'ApiError', status: 503 })
  })

  test('rejects with a timeout error that contains the last error if the last poll failed', async () => {
    const responses = [createResponse('running'), ...Array.from({ length: 9 }, () => respond({}, 503))]
    const error = (await catchRejection(startWait(responses, { timeout: '60s' }).promise)) as WaitTimeoutError
    expect(error.message).toBe('waitForJob: job j is still in state running. Last error: getJob: HTTP 503')
  })

  test('rejects with a timeout error that says that a failed job may still recover', async () => {
    const responses = Array.from({ length: 9 }, () => createResponse('dead'))
    const error = (await catchRejection(startWait(responses, { timeout: '30s' }).promise)) as WaitTimeoutError
    expect(error.message).toBe('waitForJob: job j is still in state dead (failed), but may recover')
  })

  test('uses the intervals of the options', async () => {
    const { promise, clock } = startWait(
      [createResponse('running'), createResponse('running'), createResponse('done')],
      {
        interval: '1s',
        maxInterval: '1s',
      },
    )
    await promise
    for (const ms of clock.slept) expect(ms).toBeLessThanOrEqual(1100)
  })
})

describe('a failed poll', () => {
  test('continues the wait after a failed poll if the error is transient', async () => {
    const { promise } = startWait([
      respond({}, 503),
      createFetchError('ECONNRESET'),
      respond({}, 429),
      respond({ error_code: 'SVC.0999' }, 400),
      createResponse('done'),
    ])
    expect(await promise).toMatchObject({ state: 'done' })
  })

  test('repeats a failed poll after the delay in Retry-After', async () => {
    const { promise, clock } = startWait([respond({}, 429, { 'retry-after': '240' }), createResponse('done')])
    await promise
    expect(clock.slept).toEqual([240_000])
  })

  test('repeats a failed poll after ten minutes if the delay in Retry-After is longer', async () => {
    const { promise, clock } = startWait([respond({}, 429, { 'retry-after': '99999999' }), createResponse('done')])
    await promise
    expect(clock.slept).toEqual([600_000])
  })

  const html = () => new Response('<html>We are back soon</html>')
  const truncated = () => new Response('{"job":{"id":"j"')

  test('continues the wait after an unreadable response', async () => {
    const { promise } = startWait([createResponse('running'), html(), truncated(), createResponse('done')])
    expect(await promise).toMatchObject({ state: 'done' })
  })

  test('ends the wait after eleven unreadable responses in a row', async () => {
    const { promise, requests } = startWait([createResponse('running'), ...Array.from({ length: 20 }, html)])
    expect(await catchRejection(promise)).toMatchObject({ name: 'ResponseError', status: 200 })
    expect(requests).toHaveLength(12)
  })

  test('ends the wait after the eleventh failed poll in a row', async () => {
    const { promise, requests } = startWait([...Array(20)].map(() => respond({}, 503)))
    await expect(promise).rejects.toMatchObject({ name: 'ApiError', status: 503 })
    expect(requests).toHaveLength(11)
  })

  test.each([400, 401, 403, 404])('ends the wait after an error that is not transient: HTTP %i', async status => {
    const { promise, requests } = startWait([createResponse('running'), respond({}, status)])
    await expect(promise).rejects.toMatchObject({ status })
    expect(requests).toHaveLength(2)
  })
})

describe('a job that is not found', () => {
  const missing: [string, () => Response][] = [
    ['404', () => respond({}, 404)],
    ['an error code', () => respond({ error_code: 'SVC.0023' }, 400)],
    ['null', () => respond({ job: null })],
    ['an empty object', () => respond({ job: {} })],
    ['an empty array', () => respond({ job: [] })],
    ['a body without the job', () => respond({})],
  ]

  test.each(missing)('polls every second if the job is not found, because the job may be new (%s)', async (_, fail) => {
    const { promise, clock } = startWait([fail(), fail(), createResponse('done')])
    expect(await promise).toMatchObject({ state: 'done' })
    expect(clock.slept).toEqual([1000, 1000])
  })

  test.each(missing)('ends the wait if the job is not found for five seconds (%s)', async (_, fail) => {
    const { promise, clock } = startWait(Array.from({ length: 20 }, fail))
    expect(await catchRejection(promise)).toMatchObject({ name: 'ApiError', kind: 'not-found' })
    expect(clock.now()).toBe(5000)
  })

  test.each(missing)('ends the wait at once if the job is not found after a successful poll (%s)', async (_, fail) => {
    const { promise, requests } = startWait([createResponse('running'), fail()], { notFoundGrace: '1h' })
    expect(await catchRejection(promise)).toMatchObject({ name: 'ApiError', kind: 'not-found' })
    expect(requests).toHaveLength(2)
  })

  test('ends the wait if the job is not found for the time in notFoundGrace', async () => {
    const none = startWait([respond({}, 404)], { notFoundGrace: 0 })
    expect(await catchRejection(none.promise)).toMatchObject({ kind: 'not-found' })
    const long = startWait(
      Array.from({ length: 100 }, () => respond({}, 404)),
      { notFoundGrace: '1m' },
    )
    await catchRejection(long.promise)
    expect(long.clock.now()).toBe(60_000)
  })
})

describe('a response that does not contain the state of the job', () => {
  const items = [
    { is_success: true },
    { id: 'j', state: null },
    { id: 'j', state: '' },
    { id: 'j', state: ['done'] },
    { id: 'other', state: 'done' },
    [{ id: 'j', state: 'done' }],
  ]

  test.each(items.map(item => [item]))('does not end the wait: %j', async item => {
    const { promise, polls } = startWait([respond({ job: item }), createResponse('done')])
    expect(await promise).toEqual({ id: 'j', state: 'done' })
    expect(polls).toEqual(['done'])
  })

  test('ends the wait after eleven such responses in a row', async () => {
    const { promise, requests } = startWait(Array.from({ length: 20 }, () => respond({ job: { id: 'j', state: '' } })))
    expect(await catchRejection(promise)).toMatchObject({
      name: 'ResponseError',
      message: 'getJob: The service did not return the state of job j (HTTP 200).',
    })
    expect(requests).toHaveLength(11)
  })

  test('is not an error if only the key is missing', async () => {
    const { promise } = startWait([respond({ job: { state: 'done' } })])
    expect(await promise).toEqual({ state: 'done' })
  })
})

describe('a cancellation', () => {
  const refuse = () => respond([{ is_success: false, error_message: 'The job is not running.' }])

  test('rejects with the handle of the wait if the cancellation after a timeout gets no response', async () => {
    const { promise } = startWait([createResponse('running'), createResponse('running'), 'hang'], {
      timeout: '5s',
      cancelOnTimeout: true,
    })
    expect(await catchRejection(promise)).toMatchObject({
      name: 'WaitTimeoutError',
      handle: { wait: 'waitForJob', args: { job_id: 'j' } },
      cause: { name: 'TimeoutError' },
    })
  })

  test('cancels the job when the timeout expires if cancelOnTimeout is set', async () => {
    const acts = [createResponse('running'), createResponse('running'), respond({})]
    const { promise, requests } = startWait(acts, { timeout: '5s', cancelOnTimeout: true })
    expect(await catchRejection(promise)).toBeInstanceOf(WaitTimeoutError)
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'DELETE'])
  })

  test.each([
    ['a timeout', 2],
    ['an abort', 1],
  ])('sends the additional headers after %s', async (cause, polls) => {
    const controller = new AbortController()
    const responses = Array.from({ length: polls }, () => createResponse('running'))
    const { promise, requests } = startWait([...responses, respond({})], {
      timeout: '5s',
      cancelOnTimeout: true,
      cancelOnAbort: true,
      signal: controller.signal,
      headers: { 'X-Language': 'en-us' },
      onPoll: () => cause === 'an abort' && controller.abort(),
    })
    await catchRejection(promise)
    const languages = requests.map(({ method, headers }) => `${method} ${headers.get('x-language')}`)
    expect(languages).toEqual([...responses.map(() => 'GET en-us'), 'DELETE en-us'])
  })

  test('rejects with the error of the service if the cancellation after a timeout is refused', async () => {
    const acts = [createResponse('running'), createResponse('running'), refuse()]
    const { promise } = startWait(acts, { timeout: '5s', cancelOnTimeout: true })
    expect(await catchRejection(promise)).toMatchObject({ name: 'ApiError', operation: 'deleteJob' })
  })

  test('rejects with the error of the service if the cancellation after an abort is refused', async () => {
    const controller = new AbortController()
    const options = { signal: controller.signal, cancelOnAbort: true, onPoll: () => controller.abort('mine') }
    const { promise } = startWait([createResponse('running'), refuse()], options)
    expect(await catchRejection(promise)).toMatchObject({ name: 'ApiError', operation: 'deleteJob' })
  })
})

describe('abort', () => {
  test('rejects with the reason of the abort, and does not cancel the job', async () => {
    const controller = new AbortController()
    const { promise, requests } = startWait([createResponse('running')], {
      signal: controller.signal,
      onPoll: () => controller.abort('mine'),
    })
    expect(await catchRejection(promise)).toBe('mine')
    expect(requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test('cancels the job after an abort if cancelOnAbort is set', async () => {
    const controller = new AbortController()
    const options = { signal: controller.signal, cancelOnAbort: true, onPoll: () => controller.abort('mine') }
    const { promise, requests } = startWait([createResponse('running'), respond({})], options)
    expect(await catchRejection(promise)).toBe('mine')
    expect(requests.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'GET /v1/p1/jobs/j',
      'DELETE /v1/p1/jobs/j',
    ])
  })

  test('sends the key in the body of a bulk cancellation, not as a parameter', async () => {
    const controller = new AbortController()
    const cancel = {
      operation: 'createJob',
      args: { action: 'STOP' },
      body: { job_ids: ['$job_id'] },
      without: ['job_id'],
      run: cancelJob,
    }
    const options = { signal: controller.signal, cancelOnAbort: true, onPoll: () => controller.abort('mine') }
    const { promise, requests } = startWait(
      [respond({ job: { id: 148, state: 'running' } }), respond({})],
      options,
      { ...kind, cancel },
      { job_id: '148' },
    )
    await catchRejection(promise)
    expect(requests[1]).toMatchObject({ method: 'POST', body: '{"job_ids":[148]}' })
    expect(requests[1]?.url).toBe('https://svc.test/v1/p1/jobs?action=STOP')
  })
})

test('searches for the job in the list if its kind has no get operation', async () => {
  const rules: JobKind = {
    ...kind,
    key: { category: '', job_id: '/id' },
    get: { operation: 'listJobs', at: '/jobs', find: ['job_id'], run: findJob },
  }
  const list = (state: string) =>
    respond({
      jobs: [
        { id: 'other', state: 'broken' },
        { id: 'j', state },
      ],
    })
  const empty = () => respond({ jobs: [] })
  const target = { category: 'RECALL' }
  const { promise, requests } = startWait([empty(), list('running'), list('done')], {}, rules, target)
  expect(await promise).toEqual({ id: 'j', state: 'done' })
  expect(requests[0]?.url).toBe('https://svc.test/v1/p1/jobs?category=RECALL')
  const other = startWait([list('running'), empty()], {}, rules, target)
  await expect(other.promise).rejects.toMatchObject({
    kind: 'not-found',
    message: 'listJobs: Job RECALL/j does not exist (HTTP 200)',
  })
})

describe('onPoll', () => {
  const failures: [string, unknown][] = [
    ['any error', new Error('disk full')],
    ['a temporary error', new ApiError('putRecord', 'busy', { status: 503, kind: 'transient' })],
  ]

  test.each(failures)('if onPoll rejects with %s, the wait rejects with the same error', async (_, failure) => {
    const { promise, requests } = startWait([createResponse('running')], { onPoll: () => Promise.reject(failure) })
    expect(await catchRejection(promise)).toBe(failure)
    expect(requests).toHaveLength(1)
  })

  test('if onPoll rejects, a wait with hooks rejects with the same error', async () => {
    const failure = new Error('disk full')
    const { promise } = startWait([createResponse('running')], { onPoll: () => Promise.reject(failure), hooks: {} })
    expect(await catchRejection(promise)).toBe(failure)
  })

  test('the next poll starts when the promise of onPoll has resolved', async () => {
    const events: string[] = []
    const { promise, requests } = startWait([createResponse('running'), createResponse('done')], {
      async onPoll(job) {
        await new Promise(resolve => setImmediate(resolve))
        events.push(`${job.rawState} ${requests.length}`)
      },
    })
    await promise
    expect(events).toEqual(['running 1', 'done 2'])
  })
})
