import { ApiError } from '../errors/api-error.ts'
import type { CallOptions } from '../http/client-options.ts'
import { getMethod } from '../internal/methods.ts'
import { readFirstText, readPointer } from '../internal/pointer.ts'
import { createContentError } from '../pagination/read-items.ts'
import type { JobKind, JobTarget } from './job-kind.ts'

/**
 * Gets a job as the kind's `get` operation returns it. `readJob` reads the result. If the kind has no `get` operation, searches the list of
 * the kind for the job.
 *
 * @param options options of the call
 * @throws ApiError of kind `not-found` if the job does not exist, even if the service reports this with an empty response or list
 * @throws ResponseError if the response contains no state, or another job
 * @example
 * const { batch } = getJobKinds(dli)
 * const { state } = readJob(batch, await getJob({ client: dli, kind: batch, args: { batch_id } }))
 */
export async function getJob(target: JobTarget, options: CallOptions = {}): Promise<unknown> {
  const { client, kind, args } = target
  const { operation, at, run } = kind.get
  const item = run ? await run(target, options) : readPointer(await getMethod(client, operation)(args, options), at)
  const id = formatJobId(kind, args)
  if (Object.keys(item ?? {}).length === 0) {
    const details = { status: 200, code: '200', kind: 'not-found' }
    throw new ApiError(operation, `Job ${id} does not exist (HTTP 200)`, details)
  }
  const isOther = Object.entries(kind.key).some(([parameter, pointer]) => {
    const value = readFirstText(item, [pointer])
    return value && value !== `${args[parameter]}`
  })
  if (!isOther && readFirstText(item, [kind.fields.state])) return item
  throw createContentError(operation, `The service did not return the state of job ${id}`)
}

/** Returns the values of a job's key as one text, separated by `/`. */
export const formatJobId = ({ key }: JobKind, args: JobTarget['args']): string =>
  Object.keys(key)
    .map(parameter => args[parameter])
    .join('/')
