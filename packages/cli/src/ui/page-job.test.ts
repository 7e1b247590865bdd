import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { toPageJob } from './page-job.ts'

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)
const ms = (time: string) => at(time).getTime()
const create = (members: Partial<ServiceJob>) =>
  ({
    ref: 'cs:job:1',
    service: 'cs',
    kind: 'job',
    id: '1',
    rawState: 'x',
    raw: { secret: 1 },
    ...members,
  }) as ServiceJob
const context = { readAt: ms('12:00') }

test('omits fields whose values are unknown, and the response of the service', () => {
  expect(toPageJob(create({ state: 'unknown' }), context)).toEqual({
    ref: 'cs:job:1',
    service: 'cs',
    kind: 'job',
    id: '1',
    state: 'unknown',
    rawState: 'x',
  })
})

test('has the name, the owner and the queue of a job', () => {
  const job = create({ state: 'queued', name: '', owner: 'ada' })
  expect(toPageJob(job, { ...context, queue: 'etl' })).toMatchObject({ name: '', owner: 'ada', queue: 'etl' })
})

test('has the times at which a job was created, started and ended', () => {
  const times = { createdAt: at('09:00'), startedAt: at('10:00'), finishedAt: at('11:00') }
  expect(toPageJob(create({ state: 'succeeded', ...times }), context)).toMatchObject({
    begin: ms('09:00'),
    start: ms('10:00'),
    end: ms('11:00'),
  })
})

test('a job that runs has no end', () => {
  const page = toPageJob(create({ state: 'running', createdAt: at('09:00'), startedAt: at('10:00') }), context)
  expect(page).toMatchObject({ begin: ms('09:00'), start: ms('10:00') })
  expect(page).not.toHaveProperty('end')
})

test('if the creation time of a job is unknown, its begin is its first known time', () => {
  expect(toPageJob(create({ state: 'running', startedAt: at('10:00') }), context).begin).toBe(ms('10:00'))
  expect(toPageJob(create({ state: 'unknown', updatedAt: at('10:30') }), context).begin).toBe(ms('10:30'))
})

test('uses the times that the process has observed', () => {
  const observed = [{ state: 'running' as const, rawState: 'job_running', at: ms('11:30') }]
  expect(toPageJob(create({ state: 'running' }), { ...context, observed })).toMatchObject({ start: ms('11:30') })
})
