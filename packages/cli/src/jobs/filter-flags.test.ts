import { expect, test } from 'vitest'
import { createSelection, toJobFilter } from './filter-flags.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

test.each([
  ['30m', '2026-11-22T11:30:00Z'],
  ['2h', '2026-11-22T10:00:00Z'],
  ['7d', '2026-11-15T12:00:00Z'],
  ['1w', '2026-11-15T12:00:00Z'],
  ['30', '2026-11-22T11:59:30Z'],
  ['90s', '2026-11-22T11:58:30Z'],
  ['2026-11-20', '2026-11-20T00:00:00Z'],
  ['2026-11-20T08:00:00+01:00', '2026-11-20T07:00:00Z'],
])('at noon on 2026-11-22, --since %s selects jobs since %s', (since, time) => {
  expect(toJobFilter({ since }, now)).toEqual({ since: new Date(time) })
})

test.each(['', '2y', 'yesterday', '2026-13-45', '99999999999999d'])('rejects --since %j', since => {
  expect(() => toJobFilter({ since }, now)).toThrow(
    `Invalid --since "${since}". Expected a time such as 30m, 2h, 7d, 2026-11-22 or 2026-11-22T10:00 (UTC).`,
  )
})

test('passes services, kinds, states and the name to the filter unchanged', () => {
  const flags = { service: ['dli'], kind: ['batch'], state: ['failed'] as const, name: 'nightly' }
  const { service: services, kind: kinds, state, name } = flags
  expect(toJobFilter(flags, now)).toEqual({ services, kinds, state, name })
})

test('--until includes a job created at exactly that time, and --longer-than excludes a job with exactly that duration', async () => {
  const at = (time: string) => ({ createdAt: new Date(time), startedAt: new Date(time), state: 'running' }) as never
  const until = await createSelection({ until: '2h' }, now, { kinds: [] })
  expect(until.matches(at('2026-11-22T10:00:00Z'))).toBe(true)
  expect(until.matches(at('2026-11-22T10:00:01Z'))).toBe(false)
  const longer = await createSelection({ longerThan: '2h' }, now, { kinds: [] })
  expect(longer.matches(at('2026-11-22T10:00:00Z'))).toBe(false)
  expect(longer.matches(at('2026-11-22T09:59:59Z'))).toBe(true)
})
