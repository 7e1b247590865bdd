import { isApiError, isNetworkError, isResponseError } from '../errors/errors.ts'
import type { Idempotency, IdempotentCall } from '../http/idempotency.ts'
import type { Methods } from '../internal/methods.ts'
import { readFirstText, readPointer } from '../internal/pointer.ts'
import { systemClock } from '../time/clock.ts'
import { readJob } from './job.ts'
import type { JobKind } from './job-kind.ts'
import { getJobKinds } from './job-kinds.ts'

/** When it looks for the job, in ms after the reply was lost and after each look: a list may lag behind. */
const pauses = [0, 2000, 8000]

/** A job that is older than the call by more than this, in ms, is another one. Clocks differ, so it is not zero. */
const slack = 3_600_000

/**
 * Creates a job once, although a reply may be lost: a call with `idempotency: findOrCreate` whose reply never came, or came as a
 * 5xx or as garbage, looks for the job by its name in the list of its kind, three times within ten seconds. If it is there, it is
 * the result: the item of the list, in the place that the reply has for the job. If it is not, the request is sent once more.
 * If it cannot be told, because the list fails too, the call rejects with the error of the creation.
 *
 * The name tells the job apart: give each job one that no other job of the last hour has.
 *
 * @throws TypeError before anything is sent, if the operation creates no job that has a name, or if the body has none
 * @example
 * const body = { file: 'obs://bucket/etl.jar', class_name: 'Etl', name: `etl-${crypto.randomUUID()}` }
 * const { id } = await dli.createBatch({ body }, { idempotency: findOrCreate })
 */
export const findOrCreate: Idempotency = async request => {
  const { client, operation, args = {}, call, options } = request
  const { clock = systemClock } = options
  const kind = Object.values(getJobKinds(client)).find(({ create = {} }) => operation in create)
  if (!kind?.list || !kind.fields.name) {
    throw new TypeError(`idempotency: ${operation} creates no job that can be found by its name`)
  }
  const name = readFirstText(args['body'], [kind.fields.name])
  if (!name) throw new TypeError(`${operation}: body${kind.fields.name} must be given, to find the job by`)
  const since = Date.now() - slack
  const create = (client as Methods)[operation]
  for (let again = true; ; again = false) {
    try {
      return await create?.(args, call)
    } catch (error) {
      if (!isLost(error)) throw error
      for (const pause of pauses) {
        await clock.sleep(pause, call.signal)
        const found = await find(request, kind, name, since).catch(() => {
          call.signal?.throwIfAborted()
          throw error
        })
        if (found) return placed(found, kind.create?.[operation] ?? '')
      }
      if (!again) throw error
    }
  }
}

/** Whether the request may have done what it asked for, although it failed. */
const isLost = (error: unknown) =>
  isNetworkError(error)
    ? error.mayHaveHappened
    : isApiError(error)
      ? error.kind === 'transient'
      : isResponseError(error) && error.status < 300

/** The newest job of that name in the lists of its kind. */
async function find(
  { client, args = {}, call }: IdempotentCall,
  { list, ...kind }: JobKind,
  name: string,
  since: number,
): Promise<unknown> {
  if (!list) return undefined
  const { body: _, ...own } = args
  const method = (client as Methods)[list.operation]
  const [[parameter, values] = [undefined, [undefined]]] = Object.entries(list.each ?? {})
  for (const value of values) {
    const query = { ...own, ...list.args, ...(parameter && { [parameter]: value }) }
    const items = method?.all?.(query, call) ?? ((readPointer(await method?.(query, call), list.at) ?? []) as unknown[])
    for await (const item of items) {
      const job = readJob(kind, item)
      if (job.name === name && (job.createdAt?.getTime() ?? since) >= since) return item
    }
  }
  return undefined
}

/** A body that has `item` at `pointer`. */
const placed = (item: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduceRight((value, name) => ({ [name]: value }), item)
