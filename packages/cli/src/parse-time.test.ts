import { expect, test, vi } from 'vitest'
import { parseTime } from './parse-time.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

test.each([
  ['90s', '2026-11-22T11:58:30Z'],
  ['2026-11', '2026-11-01T00:00:00Z'],
  ['2026-11-22', '2026-11-22T00:00:00Z'],
  ['2026-11-22T10:00', '2026-11-22T10:00:00Z'],
  ['2026-11-22 10:00:05', '2026-11-22T10:00:05Z'],
  ['2026-11-22T10:00:05.5', '2026-11-22T10:00:05.500Z'],
  ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
  ['2026-11-22T10:00+08:00', '2026-11-22T02:00:00Z'],
])('in every time zone, %s is %s', (text, expected) => {
  for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
    vi.stubEnv('TZ', zone)
    expect(parseTime(text, now, '--since')).toEqual(new Date(expected))
    vi.unstubAllEnvs()
  }
})

test.each([
  '',
  '2/1',
  'noon',
  '2026-13-45',
  '2026-02-31',
  '2025-02-29T10:00',
  '2026-04-31T10:00+08:00',
  '2026-11-22T10',
  '1 Jan 2026',
])('rejects %j', text => {
  expect(() => parseTime(text, now, '--since')).toThrow(`Invalid --since "${text}". Expected a time such as 30m`)
})
