import { expect, test } from 'vitest'
import { createLogFilter } from './log-filter.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const lines = [
  'starting',
  '2026-11-22 11:00:00,123 INFO one',
  '2026-11-22T11:59:40Z ERROR two',
  '  at Main.run',
  '[2026-11-22 13:59:50+0200] info three',
]

test.each([
  [{}, lines],
  [{ since: '30' }, lines.slice(2)],
  [{ since: '2026-11-22T11:59:45Z' }, lines.slice(4)],
  [{ grep: 'INFO|at ' }, [lines[1], lines[3]]],
  [{ grep: 'info', ignoreCase: true, since: '1m' }, [lines[4]]],
])('%j selects the lines that match and are not too old', (flags, expected) => {
  expect(lines.filter(createLogFilter(flags, now))).toEqual(expected)
})

test('rejects an invalid expression and an invalid time', () => {
  expect(() => createLogFilter({ grep: '(' }, now)).toThrow('Invalid --grep "(": ')
  expect(() => createLogFilter({ since: 'noon' }, now)).toThrow('Invalid --since "noon".')
})
