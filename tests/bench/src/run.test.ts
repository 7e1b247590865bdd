import { expect, test } from 'vitest'
import type { Limit, Measurement } from './measurement.ts'
import { ratioOf } from './ratio.ts'
import { line, run } from './run.ts'

/** A measurement whose tries come out as given. */
function outcomes(limit: Limit, ...ratios: number[]): Measurement {
  return { compared: 'this, to that', limit, measure: () => ({ ratio: ratios.shift() as number, ms: [1.5, 20.2] }) }
}

test.each([
  ['at the limit', { atMost: 2 }, 2, false],
  ['beyond it', { atMost: 2 }, 2.01, true],
  ['as much as is asked', { atLeast: 3 }, 3, false],
  ['less than is asked', { atLeast: 3 }, 2.99, true],
  ['no number', { atMost: 2 }, Number.NaN, true],
])('%s', async (_, limit, ratio, over) => {
  expect(await run('it', outcomes(limit, ratio), 1)).toMatchObject({ over, tries: 1 })
})

test('what is over its limit is measured again, three times in all, and one try within it is enough', async () => {
  expect(await run('it', outcomes({ atMost: 2 }, 9, 2, 1))).toMatchObject({ over: false, ratio: 2, tries: 2 })
  expect(await run('it', outcomes({ atMost: 2 }, 9, 8, 7, 1))).toMatchObject({ over: true, ratio: 7, tries: 3 })
})

test('a line says what was measured, how it came out, and what is allowed', async () => {
  const text = line(await run('it', outcomes({ atMost: 1 }, 3, 3, 3)))
  expect(text).toMatch(/^OVER {2}it +3\.00 {2}at most 1 +this, to that; 1\.50 ms to 20 ms; 3 tries$/)
  expect(line(await run('it', outcomes({ atLeast: 1 }, 3)))).toMatch(/^ok +it +3\.00 {2}at least 1 .*20 ms$/)
})

test('the ratio is the median of the rounds, without the first, whichever of the two runs first', async () => {
  let time = 0
  const taking = (...durations: number[]) => {
    return () => {
      time += durations.shift() as number
    }
  }
  const { ratio, ms } = await ratioOf(taking(1000, 6, 6, 80), taking(1, 3, 2, 2), 3, () => time)
  expect(ratio).toBe(3)
  expect(ms).toEqual([6, 2])
})
