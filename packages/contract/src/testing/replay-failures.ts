import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import {
  type Bundle,
  type JobView,
  listJobViews,
  listOperations,
  readBundle,
  readPointer,
  resolveReference,
  type ServiceName,
} from '@jobscope/specs'
import { matchesFailure } from '@jobscope/specs/matches-failure'
import { checkMock } from './check-mock.ts'
import { normalizeResult } from './normalize-result.ts'
import type { RecordedCall, RecordingMock } from './recording-mock.ts'

/** One documented response, and how the program reacted to it. */
export interface Replay {
  readonly service: string
  readonly operation: string
  /** Name of the example of a failure. */
  readonly example?: string | undefined
  /** Job state, as the service writes it. */
  readonly state?: string | undefined
  readonly outcome: 'resolved' | 'rejected'
  /** The value that the program returned, or the error that it threw. */
  readonly value: unknown
  /** How many more requests the program sent than in a run without a failure. */
  readonly extraRequests: number
  /**
   * Whether the program ignored the response: its result was the same as without the failure, and it sent no additional request.
   * The comparison ignores IDs and times of jobs of the mock. It also ignores places where the results of two runs without a failure
   * differ.
   */
  readonly isIgnored: boolean
}

export interface ReplayOptions {
  /** Failures and states to leave out, by the name of the example or the state. @default none */
  readonly except?: readonly string[] | undefined
}

/**
 * Runs a program once for each documented failure of the operations that the program uses, and once for each job state that the
 * responses of these operations can show. In each run, the mock replaces the last response of the operation by this failure or state,
 * because the result of the program depends on the last response. The job state that ended the run without a failure is not replayed.
 *
 * Before that, the program runs twice without a failure. These runs show which requests the program sends, and which parts of its result
 * differ in each run.
 *
 * @param mock a mock with the option `record: true`. Use the clock of the mock in the program, so that waits and retries take no time
 * @param run runs the program once. `replayFailures` calls it several times, and the program must send the same requests each time
 * @returns the runs with a failure or a state
 * @throws AssertionError if the program ignored a failure or a state
 * @throws AssertionError if the program throws an error in a run without a failure
 * @throws AssertionError if the mock recorded no requests
 * @throws AssertionError if a run did not send the request whose response is replaced
 * @example
 * await replayFailures(mock, () => runPipeline(mock.url('dli'), mock.clock))
 */
export async function replayFailures(
  mock: RecordingMock,
  run: () => Promise<unknown>,
  { except = [] }: ReplayOptions = {},
): Promise<readonly Replay[]> {
  checkMock(mock)
  const first = await runWithoutFailure(mock, run)
  const usual = await runWithoutFailure(mock, run)
  const usualResult = normalizeResult(usual.value, usual.made)
  const firstResult = normalizeResult(first.value, first.made)
  const replays: Replay[] = []
  for (const { service, operation, calls, lastBody } of usual.used) {
    const bundle = readBundle(service as ServiceName)
    for (const example of listFailures(bundle, operation)) {
      if (!except.includes(example)) await replay({ service, operation, example }, { example, after: calls - 1 }, calls)
    }
    const shown = readStates(bundle, operation, lastBody)
    for (const state of listStates(bundle, operation)) {
      if (!except.includes(state) && !shown.has(state.toLowerCase()))
        await replay({ service, operation, state }, { state, after: calls - 1 }, calls)
    }
  }

  async function replay(
    what: Pick<Replay, 'service' | 'operation' | 'example' | 'state'>,
    response: Parameters<RecordingMock['respondOnce']>[1],
    calls: number,
  ): Promise<void> {
    mock.respondOnce(`${what.service}:${what.operation}`, response)
    const { outcome, value, made, used } = await runOnce(mock, run)
    const own = used.find(each => each.service === what.service && each.operation === what.operation)
    if ((own?.calls ?? 0) < calls) throw new AssertionError({ message: describeUnsent(what, own?.calls ?? 0, calls) })
    const extraRequests = made.length - usual.made.length
    const isSameResult = () => isSame(normalizeResult(value, made), usualResult, firstResult)
    const isIgnored = outcome === 'resolved' && extraRequests <= 0 && isSameResult()
    replays.push({ ...what, outcome, value, extraRequests, isIgnored })
  }

  const ignored = replays.filter(({ isIgnored }) => isIgnored)
  if (ignored.length === 0) return replays
  const names = ignored.map(each => `- ${describeReplay(each)}`)
  const fix = 'Handle them, or exclude them with the option `except`.'
  throw new AssertionError({ message: `The program ignores these documented responses:\n${names.join('\n')}\n${fix}` })
}

const describeReplay = ({ operation, example, state }: Pick<Replay, 'operation' | 'example' | 'state'>): string =>
  `${operation}: ${example ?? `state ${state}`}`

const describeUnsent = (what: Parameters<typeof describeReplay>[0], calls: number, expected: number): string =>
  `The program did not receive the response that replayFailures prepared for it: ${describeReplay(what)}. ` +
  `In a run without a failure, the number of calls of ${what.operation} was ${expected}. In this run, it was ${calls}. ` +
  'The program must send the same requests in each run. For example, clear its caches between the runs.'

/**
 * Whether the result of a run is the same as usual.
 *
 * @param usual the result of a run without a failure
 * @param other the result of another run without a failure. Places where `usual` and `other` differ are ignored
 */
function isSame(value: unknown, usual: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(value, usual)) return true
  if (isDeepStrictEqual(usual, other)) return false
  if (!isContainer(value) || !isContainer(usual) || !isContainer(other)) {
    // `usual` and `other` differ although both runs had no failure. So this value differs in each run, and only its type is compared.
    return !isContainer(usual) && typeof value === typeof usual && typeof usual === typeof other
  }
  const names = Object.keys(usual)
  const hasSameNames = (each: object) => isDeepStrictEqual(Object.keys(each), names)
  if (Array.isArray(value) !== Array.isArray(usual) || !hasSameNames(value) || !hasSameNames(other)) return false
  return names.every(name => isSame(value[name], usual[name], other[name]))
}

const isContainer = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null

interface Run {
  readonly outcome: 'resolved' | 'rejected'
  readonly value: unknown
  readonly made: readonly RecordedCall[]
  readonly used: readonly UsedOperation[]
}

interface UsedOperation {
  readonly service: string
  readonly operation: string
  readonly calls: number
  readonly lastBody: string | undefined
}

async function runWithoutFailure(mock: RecordingMock, run: () => Promise<unknown>): Promise<Run> {
  const result = await runOnce(mock, run)
  if (result.outcome === 'rejected')
    throw new AssertionError({ message: `The program fails without an injected failure: ${String(result.value)}` })
  if (result.used.length > 0) return result
  const message =
    'The mock recorded no requests of the program. Create the mock with record: true, and send the requests to it.'
  throw new AssertionError({ message })
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
  const used = new Map<string, UsedOperation>()
  for (const { service = '', operation, response } of made) {
    if (operation === undefined) continue
    const calls = (used.get(`${service}:${operation}`)?.calls ?? 0) + 1
    used.set(`${service}:${operation}`, { service, operation, calls, lastBody: response?.body })
  }
  return { outcome, value, made, used: [...used.values()] }
}

/** Lists the names of all examples of an operation that report a failure. */
function listFailures(bundle: Bundle, operationId: string): readonly string[] {
  const found = listOperations(bundle).find(({ operation }) => operation.operationId === operationId)
  return Object.entries(found?.operation.responses ?? {}).flatMap(([status, reference]) =>
    Object.values(resolveReference(bundle, reference).content ?? {}).flatMap(({ examples = {} }) =>
      Object.entries(examples).flatMap(([name, example]) => {
        const { failure } = bundle['x-errors'] ?? {}
        const { value } = resolveReference(bundle, example)
        const isFailure = !status.startsWith('2') || (failure !== undefined && matchesFailure(failure, value))
        return isFailure ? [name] : []
      }),
    ),
  )
}

/** Lists where the jobs are in the response of an operation that reads jobs. */
const listReadJobs = (bundle: Bundle, operationId: string): readonly JobView[] =>
  listJobViews(bundle).filter(({ operation, role }) => operation === operationId && (role === 'get' || role === 'list'))

/** Lists the states of the jobs that an operation reads. */
const listStates = (bundle: Bundle, operationId: string): readonly string[] =>
  listReadJobs(bundle, operationId).flatMap(({ spec }) => Object.keys(spec.states))

/** Reads the states of the jobs in a response, in lower case. */
function readStates(bundle: Bundle, operationId: string, text: string | undefined): ReadonlySet<string> {
  const body = parseBody(text)
  const states = listReadJobs(bundle, operationId).flatMap(({ spec, at }) =>
    [readPointer(body, at)].flat().map(job => readPointer(job, spec.fields.state)),
  )
  return new Set(
    states.filter(state => state !== undefined && state !== null).map(state => String(state).toLowerCase()),
  )
}

function parseBody(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
