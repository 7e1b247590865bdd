import { expect, test } from 'vitest'
import type { Limit, Measurement } from './measurement.ts'
import { measureRatio } from './ratio.ts'
import { formatResult, runMeasurement } from './run.ts'

/** A measurement whose runs have these ratios, one after another. */
function measurementOf(limit: Limit, ...ratios: number[]): Measurement {
  return { title: 'this, to that', limit, measure: () => ({ ratio: ratios.shift() as number, amounts: [1.5, 20.2] }) }
}

test.each([
  ['equal to the maximum passes', { atMost: 2 }, 2, true],
  ['over the maximum fails', { atMost: 2 }, 2.01, false],
  ['equal to the minimum passes', { atLeast: 3 }, 3, true],
  ['under the minimum fails', { atLeast: 3 }, 2.99, false],
  ['that is not a number fails', { atMost: 2 }, Number.NaN, false],
])('a ratio %s', async (_, limit, ratio, passed) => {
  expect(await runMeasurement('it', measurementOf(limit, ...Array(5).fill(ratio)))).toMatchObject({ passed })
})

test('a measurement within its limit runs once', async () => {
  expect((await runMeasurement('it', measurementOf({ atMost: 2 }, 2))).runs).toHaveLength(1)
})

test('a measurement over its limit runs five times, and the median of all runs decides', async () => {
  const slowOnce = await runMeasurement('it', measurementOf({ atMost: 2 }, 9, 2, 1, 8, 1.5))
  expect(slowOnce).toMatchObject({ passed: true, ratio: 2 })
  const fastOnce = await runMeasurement('it', measurementOf({ atMost: 2 }, 9, 8, 7, 1, 2))
  expect(fastOnce).toMatchObject({ passed: false, ratio: 7 })
})

test('a line of the report contains the comparison, the median, the limit and all ratios', async () => {
  const failed = formatResult(await runMeasurement('it', measurementOf({ atMost: 1 }, 3, 3, 4, 5, 2)))
  expect(failed).toMatch(
    /^FAILED {2}it +3\.00 {2}at most 1 +this, to that; 1\.50 ms to 20 ms; median of 3\.00, 3\.00, 4\.00, 5\.00, 2\.00$/,
  )
  const passed = formatResult(await runMeasurement('it', measurementOf({ atLeast: 1 }, 3)))
  expect(passed).toMatch(/^ok +it +3\.00 {2}at least 1 .*20 ms$/)
})

test('a ratio is the median of all rounds except the first, and the order of subject and baseline alternates', async () => {
  let time = 0
  const taking = (...durations: number[]) => {
    return () => {
      time += durations.shift() as number
    }
  }
  const compared = { subject: taking(1000, 6, 6, 80), baseline: taking(1, 3, 2, 2) }
  expect(await measureRatio(compared, 3, () => time)).toEqual({ ratio: 3, amounts: [6, 2] })
})
