import type { CallOptions } from '../http/client-options.ts'
import { readFirstText } from '../internal/pointer.ts'
import { listItems } from '../pagination/list-items.ts'
import type { JobTarget } from './job-kind.ts'

/**
 * Searches for a job in the list of its kind, for kinds without a `get` operation. Returns `undefined` if the list does not contain the
 * job.
 */
export async function findJob({ client, kind, args }: JobTarget, options: CallOptions): Promise<unknown> {
  const { operation, at, find: searched = [] } = kind.get
  const listArgs = Object.fromEntries(Object.entries(args).filter(([name]) => !searched.includes(name)))
  for await (const item of listItems({ client, operation, itemsAt: at, args: listArgs, options })) {
    const isMatch = searched.every(parameter => readFirstText(item, [kind.key[parameter]]) === `${args[parameter]}`)
    if (isMatch) return item
  }
  return undefined
}
