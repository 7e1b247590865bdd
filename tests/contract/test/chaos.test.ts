import { isJobscopeError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { faults } from '../src/chaos/faults.ts'
import { chaos, isObject, type Outcome } from '../src/chaos/run.ts'
import { documents } from '../src/document.ts'
import { type OperationCase, operations } from '../src/operations.ts'
import { freshSeed } from '../src/seed.ts'

/** The real clients over real sockets, against a server that fails nearly a third of the time. Time is virtual. */

const seed = freshSeed()
const rate = 0.3

const answering = operations.filter(({ successes }) => successes.some(({ value }) => isObject(value)))
const safe = answering.filter(({ method }) => method === 'GET')
const creating = answering.filter(operation => creations().has(operation.id) && operation.method === 'POST')

/** The operations by which jobs come to be. */
function creations(): Set<string> {
  const kinds = [...documents.values()].flatMap(document => Object.values(document['x-jobs'] ?? {}))
  return new Set(kinds.flatMap(({ create }) => Object.keys(create ?? {})))
}

const failed = ({ result }: Outcome) => 'error' in result
const errorOf = ({ result }: Outcome) => ('error' in result ? (result.error as { [name: string]: unknown }) : {})

/** What no call may do, whatever it meets. */
function expectTrustworthy(outcomes: readonly Outcome[], calls: number): void {
  expect(outcomes).toHaveLength(calls)
  expect(outcomes.filter(outcome => failed(outcome) && !isJobscopeError(errorOf(outcome)))).toEqual([])
  const wrong = outcomes.filter(
    ({ result, expected, met }) => 'value' in result && !equal(result.value, expected) && !emptied(result.value, met),
  )
  expect(wrong).toEqual([])
  // A call may take 60 s.
  expect(outcomes.filter(({ took }) => took > 60_000)).toEqual([])
}

/**
 * A creation may be answered by nothing: some are. So a server that takes the body away without a trace is believed, which
 * cannot make a second job. What reads does not end so.
 */
const emptied = (value: unknown, met: Outcome['met']) => value === undefined && met.at(-1) === 'a length of nothing'

const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

describe.each(['own', 'fetch'] as const)(`JOBSCOPE_SEED=${seed}, by %s`, sender => {
  test('10,000 safe calls: no wrong answer, none that hangs, and every failure is a typed error', async () => {
    const { outcomes, led } = await chaos({ seed, sender, operations: safe, calls: 10_000, rate })
    expectTrustworthy(outcomes, 10_000)
    expect(led).toBe(0)
    expect(outcomes.filter(({ result }) => 'value' in result && result.value === undefined)).toEqual([])
    const met = outcomes.flatMap(outcome => outcome.met)
    expect(met.filter(Boolean).length / met.length).toBeGreaterThan(rate - 0.02)
    expect(new Set(met.filter(Boolean))).toEqual(new Set(['refused', ...Object.keys(faults)]))
    // Most survive: those that do not met what is not worth another try, or met something each time.
    expect(outcomes.filter(failed).length / outcomes.length).toBeLessThan(0.15)
  })

  test('1,000 creations: none happens twice, and none that is said not to have happened has', async () => {
    const { outcomes, led } = await chaos({ seed, sender, operations: creating, calls: 1000, rate })
    expectTrustworthy(outcomes, 1000)
    expect(led).toBe(0)
    expect(outcomes.filter(({ done }) => done > 1)).toEqual([])
    expect(outcomes.filter(outcome => !failed(outcome) && outcome.done !== 1)).toEqual([])
    const denied = outcomes.filter(outcome => errorOf(outcome)['mayHaveHappened'] === false)
    expect(denied.filter(({ done }) => done > 0)).toEqual([])
    // What was surely not done is tried again: after `too many`, a refused connection, a token that has expired.
    const retried = outcomes.filter(outcome => !failed(outcome) && outcome.met.length > 1)
    expect(retried.length).toBeGreaterThan(5)
  })
})

test('there are operations of each sort to call', () => {
  const kinds = (cases: readonly OperationCase[]) => new Set(cases.map(({ service }) => service)).size
  expect(kinds(safe)).toBeGreaterThan(3)
  expect(kinds(creating)).toBeGreaterThan(3)
})
