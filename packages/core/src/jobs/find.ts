import type { CallOptions } from '../http/client.ts'
import type { Methods } from '../internal/methods.ts'
import { readFirstText, readPointer } from '../internal/pointer.ts'
import type { JobKind } from './job-kind.ts'

/** Looks for a job in the list that its kind has in place of a `get` operation. `undefined` if it is not there. */
export async function findJob(
  client: object,
  { get, key }: JobKind,
  args: Record<string, unknown>,
  options: CallOptions,
): Promise<unknown> {
  const { operation, find = [] } = get
  const method = (client as Methods)[operation]
  const others = { ...args }
  for (const parameter of find) delete others[parameter]
  const items =
    method?.all?.(others, options) ?? ((readPointer(await method?.(others, options), get.at) ?? []) as unknown[])
  for await (const item of items) {
    if (find.every(parameter => readFirstText(item, [key[parameter]]) === `${args[parameter]}`)) return item
  }
  return undefined
}
