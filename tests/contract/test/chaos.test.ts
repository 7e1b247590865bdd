import { isJobscopeError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { faults } from '../src/chaos/faults.ts'
import { isObject, type Outcome, runChaos } from '../src/chaos/run-chaos.ts'
import { documents } from '../src/document.ts'
import { type OperationCase, operations } from '../src/operations.ts'
import { getSeed } from '../src/seed.ts'

/** Real clients call a server that injects faults into 30 % of the attempts. The sockets are real, the time is virtual. */

const seed = getSeed()
const rate = 0.3

/** The number of read calls. `pnpm test:long` sets it to 10,000. */
const readCount = Number(process.env['CHAOS_CALLS'] ?? 2000)
const createCount = readCount / 5

const withJsonResponse = operations.filter(({ successes }) => successes.some(({ value }) => isObject(value)))
const safe = withJsonResponse.filter(({ method }) => method === 'GET')
const creating = withJsonResponse.filter(
  operation => listCreateOperations().has(operation.id) && operation.method === 'POST',
)

/** The IDs of the operations that create jobs. */
function listCreateOperations(): Set<string> {
  const kinds = [...documents.values()].flatMap(document => Object.values(document['x-jobs'] ?? {}))
  return new Set(kinds.flatMap(({ operations }) => (operations.create ?? []).map(({ operation }) => operation)))
}

const hasFailed = ({ result }: Outcome) => 'error' in result
const getError = ({ result }: Outcome) => ('error' in result ? (result.error as { [name: string]: unknown }) : {})

/** Checks the conditions that every call must meet, regardless of the faults. */
function checkOutcomes(outcomes: readonly Outcome[], calls: number): void {
  expect(outcomes).toHaveLength(calls)
  expect(outcomes.filter(outcome => hasFailed(outcome) && !isJobscopeError(getError(outcome)))).toEqual([])
  const wrong = outcomes.filter(
    ({ result, expected, faults }) =>
      'value' in result && !isEqual(result.value, expected) && !isEmptied(result.value, faults),
  )
  expect(wrong).toEqual([])
  // The timeout of a call is 60 seconds.
  expect(outcomes.filter(({ duration }) => duration > 60_000)).toEqual([])
}

/**
 * Some operations that create jobs return an empty body, so the client must accept an empty body even if a fault caused it. Accepting
 * the body cannot create a second job. Operations that read jobs never return an empty body.
 */
const isEmptied = (value: unknown, faults: Outcome['faults']) =>
  value === undefined && faults.at(-1) === 'a length of zero'

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

describe.each(['default', 'fetch'] as const)(`JOBSCOPE_SEED=${seed}, sender %s`, sender => {
  test(`${readCount} GET requests never return a wrong response, never hang, and throw only typed errors`, async () => {
    const { outcomes, redirected } = await runChaos({ seed, sender, operations: safe, calls: readCount, rate })
    checkOutcomes(outcomes, readCount)
    expect(redirected).toBe(0)
    expect(outcomes.filter(({ result }) => 'value' in result && result.value === undefined)).toEqual([])
    const attempts = outcomes.flatMap(outcome => outcome.faults)
    // The limit is four standard deviations below the rate. By chance, the share of faults is lower in one of 30,000 runs.
    const deviation = Math.sqrt((rate * (1 - rate)) / attempts.length)
    expect(attempts.filter(Boolean).length / attempts.length).toBeGreaterThan(rate - 4 * deviation)
    expect(new Set(attempts.filter(Boolean))).toEqual(new Set(['connection refused', ...Object.keys(faults)]))
    // Most calls succeed. Every failed call had a fault that must not be retried, or a fault in each attempt.
    expect(outcomes.filter(hasFailed).length / outcomes.length).toBeLessThan(0.15)
  })

  test(`${createCount} requests that create jobs create no second job, and mayHaveHappened is never wrong`, async () => {
    const { outcomes, redirected } = await runChaos({ seed, sender, operations: creating, calls: createCount, rate })
    checkOutcomes(outcomes, createCount)
    expect(redirected).toBe(0)
    expect(outcomes.filter(({ executions }) => executions > 1)).toEqual([])
    expect(outcomes.filter(outcome => !hasFailed(outcome) && outcome.executions !== 1)).toEqual([])
    const declaredSafe = outcomes.filter(outcome => getError(outcome)['mayHaveHappened'] === false)
    expect(declaredSafe.filter(({ executions }) => executions > 0)).toEqual([])
    // The client retries after faults where the server cannot have processed the request, such as a refused connection.
    const retried = outcomes.filter(outcome => !hasFailed(outcome) && outcome.faults.length > 1)
    expect(retried.length).toBeGreaterThan(createCount / 400)
  })
})

test('at least four services have read operations, and at least four services have operations that create jobs', () => {
  const countServices = (cases: readonly OperationCase[]) => new Set(cases.map(({ service }) => service)).size
  expect(countServices(safe)).toBeGreaterThan(3)
  expect(countServices(creating)).toBeGreaterThan(3)
})
