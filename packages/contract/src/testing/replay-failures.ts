import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import {
  type Bundle,
  type JobKindSpec,
  listOperations,
  readBundle,
  resolveReference,
  type ServiceName,
} from '@jobscope/specs'
import { reportsFailure } from '../schema/service-contract.ts'
import type { RecordingMock } from './recording-mock.ts'

/** One documented response, and how the program reacted to it. */
export interface Replay {
  readonly service: string
  readonly operation: string
  /** Name of the example of a failure. */
  readonly example?: string | undefined
  /** Job state, as the service writes it. */
  readonly state?: string | undefined
  readonly outcome: 'resolved' | 'rejected'
  /** What the program resolved to, or the error that it rejected with. */
  readonly value: unknown
  /** The number of requests, compared with a run without a failure. */
  readonly extraRequests: number
  /**
   * Whether the program ignored the response: its result was the same as without the failure, and it sent no additional request.
   */
  readonly isIgnored: boolean
}

export interface ReplayOptions {
  /** Failures and states to leave out, by the name of the example or the state. @default none */
  readonly except?: readonly string[] | undefined
}

/**
 * Runs a program once for each documented failure of the operations that it uses, and once for each job state that their responses
 * can show. In each run, the mock replaces the last response of the operation by this failure or state, because the result of the
 * program depends on the last response. The job state that ended the first run is not replayed.
 *
 * @param mock a mock with the option `record: true`. Use its clock in the program, so that waits and retries take no time
 * @param run runs the program once. It must work several times
 * @returns all runs
 * @throws AssertionError if the program ignored a failure or a state, or if the first run rejects
 * @example
 * await replayFailures(mock, () => runPipeline(mock.url('dli'), mock.clock))
 */
export async function replayFailures(
  mock: RecordingMock,
  run: () => Promise<unknown>,
  { except = [] }: ReplayOptions = {},
): Promise<readonly Replay[]> {
  const first = await runOnce(mock, run)
  if (first.outcome === 'rejected') {
    throw new AssertionError({ message: `The program fails without an injected failure: ${String(first.value)}` })
  }
  const replays: Replay[] = []
  for (const { service, operation, calls } of first.used) {
    const bundle = readBundle(service as ServiceName)
    for (const example of listFailures(bundle, operation)) {
      if (!except.includes(example)) await replay({ service, operation, example }, { example, after: calls - 1 })
    }
    for (const state of listStates(bundle, operation)) {
      if (!except.includes(state) && !first.lastBodies.get(operation)?.includes(JSON.stringify(state))) {
        await replay({ service, operation, state }, { state, after: calls - 1 })
      }
    }
  }

  async function replay(
    what: Pick<Replay, 'service' | 'operation' | 'example' | 'state'>,
    response: Parameters<RecordingMock['respondOnce']>[1],
  ): Promise<void> {
    mock.respondOnce(`${what.service}:${what.operation}`, response)
    const { outcome, value, requests } = await runOnce(mock, run)
    const extraRequests = requests - first.requests
    const isIgnored = outcome === 'resolved' && extraRequests <= 0 && isSame(value, first.value)
    replays.push({ ...what, outcome, value, extraRequests, isIgnored })
  }

  const ignored = replays.filter(({ isIgnored }) => isIgnored)
  if (ignored.length === 0) return replays
  const names = ignored.map(({ operation, example, state }) => `- ${operation}: ${example ?? `state ${state}`}`)
  throw new AssertionError({ message: `The program ignores these documented responses:\n${names.join('\n')}` })
}

/** Results can contain IDs, which differ in each run, so only their structure and short texts are compared. */
function isSame(value: unknown, other: unknown): boolean {
  const simplify = (each: unknown): unknown =>
    JSON.parse(
      JSON.stringify(each ?? null, (_, inner: unknown) =>
        typeof inner === 'number' || (typeof inner === 'string' && inner.length > 30) ? typeof inner : inner,
      ),
    )
  return isDeepStrictEqual(simplify(value), simplify(other))
}

interface Run {
  readonly outcome: 'resolved' | 'rejected'
  readonly value: unknown
  readonly requests: number
  readonly used: readonly { readonly service: string; readonly operation: string; readonly calls: number }[]
  /** The last response body by operation. */
  readonly lastBodies: ReadonlyMap<string, string>
}

async function runOnce({ exchanges }: RecordingMock, run: () => Promise<unknown>): Promise<Run> {
  const start = exchanges.length
  let outcome: Run['outcome'] = 'resolved'
  let value: unknown
  try {
    value = await run()
  } catch (error) {
    outcome = 'rejected'
    value = error
  }
  const made = exchanges.slice(start)
  const counts = new Map<string, { service: string; operation: string; calls: number }>()
  const lastBodies = new Map<string, string>()
  for (const { service = '', operation, response } of made) {
    if (operation === undefined) continue
    const used = counts.get(`${service}:${operation}`) ?? { service, operation, calls: 0 }
    counts.set(`${service}:${operation}`, { ...used, calls: used.calls + 1 })
    lastBodies.set(operation, response?.body ?? '')
  }
  return { outcome, value, requests: made.length, used: [...counts.values()], lastBodies }
}

/** Lists the names of all examples of an operation that report a failure. */
function listFailures(bundle: Bundle, operationId: string): readonly string[] {
  const found = listOperations(bundle).find(({ operation }) => operation.operationId === operationId)
  return Object.entries(found?.operation.responses ?? {}).flatMap(([status, reference]) =>
    Object.values(resolveReference(bundle, reference).content ?? {}).flatMap(({ examples = {} }) =>
      Object.entries(examples).flatMap(([name, example]) => {
        const { failure } = bundle['x-errors'] ?? {}
        const { value } = resolveReference(bundle, example)
        const isFailure = !status.startsWith('2') || (failure !== undefined && reportsFailure(failure, value))
        return isFailure ? [name] : []
      }),
    ),
  )
}

/** Lists the states of the jobs that an operation reads. */
function listStates(bundle: Bundle, operationId: string): readonly string[] {
  const reads = ({ operations: { get, list } }: JobKindSpec) =>
    [get, list].some(role => role?.operation === operationId)
  return Object.values(bundle['x-jobs'] ?? {}).flatMap(kind => (reads(kind) ? Object.keys(kind.states) : []))
}
