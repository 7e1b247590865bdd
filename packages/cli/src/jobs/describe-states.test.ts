import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { formatStates } from './describe-states.ts'

const format = (members: Partial<ServiceJob>): string[] =>
  formatStates({ state: 'running', ...members } as ServiceJob, fakeTerminal({ columns: 80 }))
    .trimEnd()
    .split('\n')

const createdAt = new Date('2026-11-22T11:50:00Z')
const startedAt = new Date('2026-11-22T11:52:00Z')

test('shows the states whose times the service returns, and how long each state lasted', () => {
  expect(format({ createdAt, startedAt, finishedAt: new Date('2026-11-22T11:57:30Z'), state: 'failed' })).toEqual([
    '  ○ queued   2026-11-22T11:50:00Z  2m',
    '  ● running  2026-11-22T11:52:00Z  5m 30s',
    '  ✗ failed   2026-11-22T11:57:30Z',
  ])
  expect(format({ createdAt, startedAt })).toEqual([
    '  ○ queued   2026-11-22T11:50:00Z  2m',
    '  ● running  2026-11-22T11:52:00Z  8m',
  ])
})

test('marks a state without a time as observed', () => {
  expect(format({ createdAt, state: 'canceled' })).toEqual([
    '  ○ queued    2026-11-22T11:50:00Z',
    '  ⊘ canceled  2026-11-22T12:00:00Z  observed now',
  ])
})
