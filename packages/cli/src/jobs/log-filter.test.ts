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
  expect(lines.filter(createLogFilter(flags, now).matches)).toEqual(expected)
})

test.each([
  '26/11/22 11:59:40 INFO SparkContext: started',
  '2026/11/22 11:59:40.123 started',
  '[26/11/22 11:59:40] started',
])('finds the time of %s', line => {
  expect(createLogFilter({ since: '1m' }, now).matches(line)).toBe(true)
  expect(createLogFilter({ since: '10s' }, now).matches(line)).toBe(false)
})

test('says whether lines were left out because no line so far has had a time', () => {
  const filter = createLogFilter({ since: '1m' }, now)
  expect([filter.lacksTimes(), filter.matches('starting'), filter.lacksTimes()]).toEqual([false, false, true])
  expect([filter.matches(lines[1] ?? ''), filter.lacksTimes()]).toEqual([false, false])
  const unlimited = createLogFilter({}, now)
  expect([unlimited.matches('starting'), unlimited.lacksTimes()]).toEqual([true, false])
})

test('rejects an invalid expression and an invalid time', () => {
  expect(() => createLogFilter({ grep: '(' }, now)).toThrow('Invalid --grep "(": ')
  expect(() => createLogFilter({ since: 'noon' }, now)).toThrow('Invalid --since "noon".')
  expect(() => createLogFilter({ since: '2/1' }, now)).toThrow('Invalid --since "2/1".')
})
