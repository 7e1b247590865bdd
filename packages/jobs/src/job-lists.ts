import type { AllOptions, CallOptions, JobKind, PageCursor } from '@jobscope/core'
import { readItems, readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { readServiceJob, type ServiceJob } from './service-job.ts'

type Args = Readonly<Record<string, unknown>>
type ListRules = NonNullable<JobKind['list']>
type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  all?: (args: Args, options: AllOptions) => { pages(): AsyncIterable<unknown> }
}

/** A list of the jobs of one kind. `args` are the arguments of the kind's `list` operation. */
export interface JobList {
  readonly kind: ClientJobKind
  readonly args: Args
}

/** Returns when a job was created, in epoch ms. If this time is unknown, returns when the job started or last changed. */
export const getJobTime = ({ createdAt, startedAt, updatedAt }: ServiceJob): number | undefined =>
  (createdAt ?? startedAt ?? updatedAt)?.getTime()

/** Returns whether the lists of a kind are sorted from new to old. */
export const isNewestFirst = ({ rules }: ClientJobKind): boolean => rules.list?.sortedBy !== undefined

/**
 * Returns the lists that contain the jobs of a kind. There is one list for each combination of the parameter values in `list.each` of the
 * kind's spec.
 */
export function getJobLists(kind: ClientJobKind): JobList[] {
  const { list } = kind.rules
  if (!list) return []
  let calls: Args[] = [{ ...list.args }]
  for (const [parameter, values] of Object.entries(list.each ?? {})) {
    calls = calls.flatMap(args => values.map(value => ({ ...args, [parameter]: value })))
  }
  return calls.map(args => ({ kind, args }))
}

async function* readItemsOfPages(
  { at, operation }: ListRules,
  method: Method,
  args: Args,
  { cursor, ...options }: AllOptions,
): AsyncGenerator<readonly unknown[], void> {
  if (!method.all) return yield readItems(await method(args, options), at, operation)
  for await (const page of method.all(args, { ...options, cursor }).pages()) {
    // `.all()` throws if a page lacks its list, so a page without a list has the total 0.
    yield (readPointer(page, at) ?? []) as readonly unknown[]
  }
}

/**
 * Reads the jobs of a list, page by page. A list without pagination is one page. Items that do not identify a job are left out.
 *
 * @param cursor the position to start at. Each page updates the cursor. After the last page, `cursor.next` is undefined.
 */
export async function* readPages(
  { kind, args }: JobList,
  options: CallOptions,
  cursor?: PageCursor,
): AsyncGenerator<ServiceJob[], void> {
  const { list } = kind.rules
  if (!list) return
  const method = (kind.client as Record<string, Method>)[list.operation] as Method
  for await (const items of readItemsOfPages(list, method, args, { ...options, cursor })) {
    const jobs = items.map(item => readServiceJob(kind, item, args))
    yield jobs.filter(({ key }) => Object.values(key).every(Boolean))
  }
}
