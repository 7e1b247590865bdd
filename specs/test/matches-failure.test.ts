import { describe, expect, test } from 'vitest'
import { matchesFailure } from '../src/matches-failure.ts'

describe('a rule with values', () => {
  const rule = { at: '/result/ok', in: [false, 'no', 0] }

  test.each([false, 'false', 'False', 'FALSE', 'no', 'No', 0, '0'])('reports a failure for the value %j', ok => {
    expect(matchesFailure(rule, { result: { ok } })).toBe(true)
  })

  test.each([true, 'true', 'falsehood', '', 1, null, {}, []])('reports no failure for the value %j', ok => {
    expect(matchesFailure(rule, { result: { ok } })).toBe(false)
  })
})

describe('a rule without values', () => {
  const rule = { at: '/error_id' }

  test.each(['CS.10002', 1, 0, false])('reports a failure for the value %j', error_id => {
    expect(matchesFailure(rule, { error_id })).toBe(true)
  })

  test.each(['', null, undefined, {}, ['CS.10002']])('reports no failure for the value %j', error_id => {
    expect(matchesFailure(rule, { error_id })).toBe(false)
  })
})

test.each([undefined, null, 'false', [{ ok: false }], {}, { result: null }])('%j is not a failure', body => {
  expect(matchesFailure({ at: '/ok', in: [false] }, body)).toBe(false)
  expect(matchesFailure({ at: '/ok' }, body)).toBe(false)
})
