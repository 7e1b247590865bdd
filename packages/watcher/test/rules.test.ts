import { expect, test } from 'vitest'
import type { Rule } from '../src/index.ts'
import type { SimulatedJob } from './simulation.ts'
import { minute, start, watchVirtually } from './watch-virtually.ts'

/** A job that waits for 10 minutes, runs for 30 minutes, and is successful. */
const job = (id: string, changes: Partial<SimulatedJob> = {}): SimulatedJob => {
  const createdAt = changes.createdAt ?? start + 5 * minute
  return {
    id,
    createdAt,
    runningAt: createdAt + 10 * minute,
    endedAt: createdAt + 40 * minute,
    lastState: 'success',
    ...changes,
  }
}

/** Watches the jobs for `duration` minutes. Returns the events of rules, with the minute in which each rule applied. */
async function findRuleEvents(jobs: readonly SimulatedJob[], rules: readonly Rule[], duration = 120) {
  const watch = await watchVirtually(jobs, { rules })
  const events = await watch.pollUntil(start + duration * minute, duration > 1000 ? 10 * minute : minute)
  return events
    .filter(({ type }) => type.startsWith('rule.'))
    .map(({ type, ref, time, data }) => ({ type, ref, rule: data['rule'], at: (time - start) / minute }))
}

test('failed: a job that fails causes one event', async () => {
  const jobs = [job('ok'), job('bad', { lastState: 'dead' })]
  expect(await findRuleEvents(jobs, [{ type: 'failed' }])).toEqual([
    { type: 'rule.failed', ref: 'dli:batch:bad', rule: 'failed', at: 45 },
  ])
})

test('canceled: a job that is canceled causes one event', async () => {
  const jobs = [job('bad', { lastState: 'dead' }), job('killed', { lastState: 'killed' })]
  expect(await findRuleEvents(jobs, [{ type: 'canceled', name: 'aborted' }])).toEqual([
    { type: 'rule.canceled', ref: 'dli:batch:killed', rule: 'aborted', at: 45 },
  ])
})

test('longer-than: a job causes one event as soon as it has been running for too long', async () => {
  const jobs = [job('short'), job('long', { endedAt: start + 110 * minute })]
  const [event, ...others] = await findRuleEvents(jobs, [{ type: 'longer-than', after: '35m' }])
  expect(event).toMatchObject({ type: 'rule.longer-than', ref: 'dli:batch:long' })
  expect(event?.at).toBeGreaterThanOrEqual(50)
  expect(event?.at).toBeLessThanOrEqual(53)
  expect(others).toEqual([])
})

test('longer-than: the time that a job waited does not count as run time if the job never ran', async () => {
  const canceled = job('x', { runningAt: start + 999 * minute, endedAt: start + 100 * minute, lastState: 'killed' })
  const watch = await watchVirtually([canceled], { rules: [{ type: 'longer-than', after: '20m' }] })
  const events = await watch.pollUntil(start + 125 * minute)
  expect(events.map(({ type }) => type)).toEqual(['appeared', 'ended'])
  expect(events.at(-1)?.data).not.toHaveProperty('duration')
})

test('stuck: a job causes one event if it stays in one state for too long', async () => {
  const jobs = [job('ok'), job('hung', { endedAt: start + 600 * minute })]
  const [event, ...others] = await findRuleEvents(jobs, [{ type: 'stuck', after: '60m' }])
  expect(event).toMatchObject({ type: 'rule.stuck', ref: 'dli:batch:hung' })
  expect(event?.at).toBeGreaterThanOrEqual(75)
  expect(event?.at).toBeLessThanOrEqual(78)
  expect(others).toEqual([])
})

test('queued-too-long: a job causes one event if it waits for too long before it runs', async () => {
  const jobs = [job('ok'), job('queued', { runningAt: start + 100 * minute, endedAt: start + 110 * minute })]
  const [event, ...others] = await findRuleEvents(jobs, [{ type: 'queued-too-long', after: '15m' }])
  expect(event).toMatchObject({ type: 'rule.queued-too-long', ref: 'dli:batch:queued' })
  expect(event?.at).toBeGreaterThanOrEqual(20)
  expect(event?.at).toBeLessThanOrEqual(23)
  expect(others).toEqual([])
})

test.each([
  ['that recovers', { restartedAt: start + 30 * minute }],
  ['that was started again after its end', { restartedAt: start + 60 * minute }],
])('queued-too-long: the time of a job %s counts from the restart', async (_, { restartedAt }) => {
  const rules: Rule[] = [{ type: 'queued-too-long', after: '15m' }]
  expect(await findRuleEvents([job('short', { restartedAt })], rules)).toEqual([])
})

test('queued-too-long: a job that waits for too long after a restart causes one event', async () => {
  const wait = { createdAt: start, runningAt: start + 14 * minute, endedAt: start + 50 * minute }
  const watch = await watchVirtually([job('x', { ...wait, restartedAt: start + 60 * minute })])
  await watch.pollUntil(start + 62 * minute)
  Object.assign(watch.source, { rules: [{ type: 'queued-too-long', after: '5m' }] })
  const events = await watch.pollUntil(start + 120 * minute)
  expect(events.map(({ type }) => type)).toEqual(['rule.queued-too-long', 'changed'])
  const waited = ((events[0]?.time ?? 0) - start) / minute - 60
  expect(waited).toBeGreaterThan(5)
  expect(waited).toBeLessThan(8)
})

test('missing: reports only days on which no matching job was created before the time of the rule', async () => {
  const hour = 60 * minute
  const jobs = [
    // The simulated service names a job after the length of its ID: the job with the ID 123 has the name `job-3`.
    job('123', { createdAt: start + 29 * hour }),
    job('12345', { createdAt: start + 53 * hour }),
    job('456', { createdAt: start + 80 * hour }),
  ]
  const rules: Rule[] = [{ type: 'missing', matchName: 'JOB-3', by: '06:30' }]
  const events = await findRuleEvents(jobs, rules, 4 * 24 * 60)
  // The watch begins on the first day, so this day is not checked. On the third day, there is a job with another name. On the fourth
  // day, the job is late.
  expect(events.map(({ type, at }) => [type, Math.floor(at / 60 / 24) + 1])).toEqual([
    ['rule.missing', 3],
    ['rule.missing', 4],
  ])
  expect((events[0]?.at ?? 0) % (24 * 60)).toBeGreaterThanOrEqual(6.5 * 60)
})

test('missing: a day is checked only after a search for new jobs that began after the time of the rule', async () => {
  const by = start + 30.5 * 60 * minute
  for (let seconds = 10; seconds <= 600; seconds += 30) {
    // The job that changes its state is polled more often than the watch searches for new jobs.
    const changing = job('12', { createdAt: by - 700_000, runningAt: by - 300_000, endedAt: by + 60 * minute })
    const late = job('123', { createdAt: by - seconds * 1000 })
    const rules: Rule[] = [{ type: 'missing', matchName: 'job-3', by: '06:30' }]
    const watch = await watchVirtually([changing, late], { rules, maxInterval: '10m' })
    await watch.pollUntil(by - 60 * minute, 10 * minute)
    const events = await watch.pollUntil(by + 30 * minute, 10_000)
    expect(events.map(({ ref, type }) => [ref, type])).toContainEqual(['dli:batch:123', 'appeared'])
    expect(events.filter(({ type }) => type === 'rule.missing')).toEqual([])
  }
})

test('missing: after a pause without polls, a day is checked only after all pages of new jobs were read', async () => {
  const by = start + 30.5 * 60 * minute
  const others = Array.from({ length: 250 }, (_, index) =>
    job(`1${index}`.padEnd(5, '0'), { createdAt: by - index * 1000 }),
  )
  const rules: Rule[] = [{ type: 'missing', matchName: 'job-3', by: '06:30' }]
  const find = async (jobs: readonly SimulatedJob[]) => {
    const watch = await watchVirtually([...others, ...jobs], { rules, burst: 1 })
    await watch.pollUntil(by - 90 * minute, 10 * minute)
    const first = await watch.pollUntil(by + 10 * minute, 100 * minute)
    const events = [...first, ...(await watch.pollUntil(by + 60 * minute))]
    return events.filter(({ type }) => type === 'rule.missing').map(({ data }) => data['day'])
  }
  expect(await find([job('123', { createdAt: by - 10 * minute })])).toEqual([])
  expect(await find([])).toEqual(['2026-01-02'])
})

test('missing: after a pause without polls, a day is checked at the first poll of the next day', async () => {
  const hour = 60 * minute
  const find = async (jobs: readonly SimulatedJob[]) => {
    const watch = await watchVirtually(jobs, { rules: [{ type: 'missing', matchName: 'job', by: '23:59' }] })
    await watch.pollUntil(start + 12 * hour, hour)
    await watch.pollUntil(start + 48 * hour - minute - 12_000, 36 * hour - minute - 12_000)
    const events = await watch.pollUntil(start + 48 * hour + 92_000, minute + 104_000)
    return events.filter(({ type }) => type === 'rule.missing').map(({ data }) => data['day'])
  }
  expect(await find([])).toEqual(['2026-01-02'])
  // The first poll after midnight returns a job of each day.
  const late = job('1', { createdAt: start + 48 * hour - 30_000 })
  expect(await find([late])).toEqual([])
  expect(await find([late, job('2', { createdAt: start + 48 * hour + 60_000 })])).toEqual([])
  expect(await find([job('2', { createdAt: start + 48 * hour + 60_000 })])).toEqual(['2026-01-02'])
})

test('missing: the day on which a rule is added to a shard is not checked', async () => {
  const hour = 60 * minute
  const watch = await watchVirtually([job('1')])
  await watch.pollUntil(start + 34 * hour, hour)
  const rules: Rule[] = [{ type: 'missing', matchName: 'job', by: '06:30' }]
  Object.assign(watch.source, { rules })
  expect(await watch.pollUntil(start + 47 * hour, hour)).toEqual([])
  expect((await watch.pollUntil(start + 60 * hour, hour)).map(({ data }) => data['day'])).toEqual(['2026-01-03'])
  Object.assign(watch.source, { rules: [] })
  await watch.pollUntil(start + 100 * hour, hour)
  Object.assign(watch.source, { rules })
  expect(await watch.pollUntil(start + 119 * hour, hour)).toEqual([])
})

test.each([
  ['matchName', { matchName: 'other' }, { matchName: 'job' }, 29],
  // In this time zone, the second day begins 14 hours earlier.
  ['timeZone', { timeZone: 'UTC' }, { timeZone: 'Pacific/Kiritimati' }, 23],
])('missing: after a change of %s, the current day is not checked', async (_, before, after, createdAfter) => {
  const hour = 60 * minute
  const rule: Rule = { type: 'missing', matchName: 'job', by: '06:30' }
  const jobs = [job('1', { createdAt: start + createdAfter * hour })]
  const watch = await watchVirtually(jobs, { rules: [{ ...rule, ...before }] })
  await watch.pollUntil(start + (createdAfter + 1) * hour, hour)
  Object.assign(watch.source, { rules: [{ ...rule, ...after }] })
  const events = await watch.pollUntil(start + 60 * hour, 10 * minute)
  expect(events.filter(({ type }) => type === 'rule.missing').map(({ data }) => data['day'])).toEqual(['2026-01-03'])
})

test('a rule applies only to names that contain matchName, and to the given accounts, services and kinds', async () => {
  const jobs = [job('bad', { lastState: 'dead' }), job('other', { lastState: 'dead' })]
  const find = async (rule: Partial<Rule>) =>
    (await findRuleEvents(jobs, [{ type: 'failed', ...rule } as Rule])).map(({ ref }) => ref)
  expect(await find({ matchName: 'Job-5' })).toEqual(['dli:batch:other'])
  expect(await find({ services: ['cs'] })).toEqual([])
  expect(await find({ kinds: ['dli:batch'] })).toHaveLength(2)
  expect(await find({ accounts: ['other'] })).toEqual([])
  expect(await find({ accounts: ['a'] })).toHaveLength(2)
})
