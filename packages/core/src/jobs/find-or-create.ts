import { isApiError } from '../errors/api-error.ts'
import { ArgumentError } from '../errors/argument-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { isNetworkError } from '../errors/network-error.ts'
import { isResponseError } from '../errors/response-error.ts'
import type { Idempotency, IdempotentCall } from '../http/client-options.ts'
import { defaultTimeout } from '../http/send-with-retries.ts'
import { getMethod } from '../internal/methods.ts'
import { readFirstText } from '../internal/pointer.ts'
import { listItems } from '../pagination/list-items.ts'
import { schedule, systemClock } from '../time/clock.ts'
import { toMilliseconds } from '../time/duration.ts'
import type { JobKind } from './job-kind.ts'
import { getJobKinds } from './job-kinds.ts'
import { readJob } from './read-job.ts'

/** Delays before each search, in milliseconds. There are several searches because a new job may appear in the list with a delay. */
const searchDelays = [0, 2000, 8000]

/**
 * A job that is older than the call by more than this time, in milliseconds, is a different job with the same name. The value is large
 * because clocks differ.
 */
const maxAge = 3_600_000

/**
 * Ensures that a call creates only one job, even if the response is lost. If a call with `idempotency: findOrCreate` gets no response, a
 * transient error such as a 5xx, or a body that is not JSON, the client searches for the job. It searches the list of the job's kind for
 * the name of the job, three times within ten seconds. If the list contains the job, the call returns an object that contains the list item
 * at the place where a normal response contains the job. If the list does not contain the job, the request is sent once more. If the search
 * fails too, the call rejects with the error of the creation.
 *
 * Jobs are identified by their names: use a name that no other job of the last hour has.
 *
 * The timeout of the call includes the searches. If the timeout does not leave time for a search, the call rejects with the error of the
 * creation. A search is possible with the default timeouts: 30 s for an attempt, 60 s for a call.
 *
 * @throws ConfigurationError before anything is sent, if the operation does not create jobs that have names and creation times
 * @throws ArgumentError before anything is sent, if the body contains no name
 * @example
 * const body = { file: 'obs://bucket/etl.jar', class_name: 'Etl', name: `etl-${crypto.randomUUID()}` }
 * const { id } = await dli.createBatch({ body }, { idempotency: findOrCreate })
 */
export const findOrCreate: Idempotency = async call => {
  const { client, operation, args = {}, callOptions, clientOptions } = call
  const { clock = systemClock, timeout = defaultTimeout } = clientOptions
  const deadline = clock.now() + toMilliseconds(callOptions.timeout ?? timeout, 'timeout')
  const kind = Object.values(getJobKinds(client)).find(({ create = {} }) => operation in create)
  if (!kind?.list || !kind.fields.name || !kind.fields.createdAt) {
    const problem = `${operation} does not create jobs that can be found by name and age`
    throw new ConfigurationError('idempotency', `idempotency is not available: ${problem}`)
  }
  const name = readFirstText(args['body'], [kind.fields.name])
  if (!name) {
    throw new ArgumentError(
      operation,
      'body',
      `body${kind.fields.name} is missing. findOrCreate needs it to find the job.`,
    )
  }
  const createdSince = Date.now() - maxAge
  const create = getMethod(client, operation)
  const { signal } = callOptions

  /** Searches all pages for the job until the deadline. */
  async function search(): Promise<unknown> {
    const expired = new AbortController()
    const cancelTimer = schedule(clock, deadline - clock.now(), () => expired.abort())
    const searchSignal = signal ? AbortSignal.any([signal, expired.signal]) : expired.signal
    const options = { ...callOptions, signal: searchSignal }
    try {
      return await findByName({ ...call, callOptions: options }, kind as JobKind, {
        name: name as string,
        createdSince,
      })
    } finally {
      cancelTimer()
    }
  }

  for (let isLastAttempt = false; ; isLastAttempt = true) {
    try {
      return await create(args, { ...callOptions, timeout: deadline - clock.now() })
    } catch (error) {
      if (!isOutcomeUnknown(error)) throw error
      for (const delay of searchDelays) {
        if (clock.now() + delay >= deadline) throw error
        await clock.sleep(delay, signal)
        const item = await search().catch(() => {
          signal?.throwIfAborted()
          throw error
        })
        if (item) return wrapAt(kind.create?.[operation] ?? '', item)
      }
      if (isLastAttempt || clock.now() >= deadline) throw error
    }
  }
}

/** Returns whether a failed request may have created the job. */
function isOutcomeUnknown(error: unknown): boolean {
  if (isNetworkError(error) || isResponseError(error)) return error.mayHaveHappened
  return isApiError(error) && error.kind === 'transient'
}

interface JobSearch {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdSince: number
}

/** Returns the first job with the name in the lists of its kind, which are sorted from new to old. */
async function findByName(
  { client, args = {}, callOptions }: IdempotentCall,
  kind: JobKind,
  { name, createdSince }: JobSearch,
): Promise<unknown> {
  const { list } = kind
  if (!list) return undefined
  const { body: _, ...parameters } = args
  // A kind can have one list for each value of a parameter.
  const [[parameter, values] = [undefined, [undefined]]] = Object.entries(list.each ?? {})
  for (const value of values) {
    const query = { ...parameters, ...list.args, ...(parameter && { [parameter]: value }) }
    const items = listItems({ client, operation: list.operation, itemsAt: list.at, args: query, options: callOptions })
    for await (const item of items) {
      const job = readJob(kind, item)
      const createdAt = Number(job.createdAt)
      if (job.name === name && createdAt >= createdSince) return item
      // All later items are even older.
      if (list.sortedBy === 'createdAt' && createdAt < createdSince) break
    }
  }
  return undefined
}

/** Returns an object that has `value` at a JSON Pointer. */
const wrapAt = (pointer: string, value: unknown): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduceRight((inner, name) => ({ [name]: inner }), value)
