import type { CallOptions } from '@jobscope/core'
import { at } from '@jobscope/core/internal'
import { type Job, jobFrom } from './job.ts'
import type { Kind } from './kinds.ts'

type Args = Record<string, unknown>
type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  all?: (args: Args, options: CallOptions) => { pages(): AsyncIterable<unknown> }
}

/** A list of jobs of one kind, page by page. */
export interface Source {
  readonly kind: Kind
  /** Newest first, as far as the spec knows. */
  readonly sorted: boolean
  pages(): AsyncGenerator<Job[], void>
}

/** When a job came to be, in ms: by its creation, else its start, else its last change. */
export const timeOf = ({ createdAt, startedAt, updatedAt }: Job): number | undefined =>
  (createdAt ?? startedAt ?? updatedAt)?.getTime()

/**
 * The lists that have the jobs of a kind: one, or one for each value that its spec says to loop over. None where the kind
 * has no list.
 *
 * @param since older jobs are not asked for, where the list is sorted
 */
export function sourcesOf(kind: Kind, options: CallOptions, since?: Date): Source[] {
  const { list } = kind.rules
  if (!list) return []
  let calls: Args[] = [{ ...list.args }]
  for (const [name, values] of Object.entries(list.each ?? {}))
    calls = calls.flatMap(args => values.map(value => ({ ...args, [name]: value })))
  return calls.map(args => ({
    kind,
    sorted: list.sorted !== undefined,
    pages: () => pagesOf(kind, args, options, since),
  }))
}

async function* pagesOf(
  kind: Kind,
  args: Args,
  options: CallOptions,
  since: Date | undefined,
): AsyncGenerator<Job[], void> {
  const list = kind.rules.list as NonNullable<Kind['rules']['list']>
  const method = (kind.client as Record<string, Method>)[list.op] as Method
  const pages = method.all?.(args, options).pages() ?? [await method(args, options)]
  for await (const page of pages) {
    const items = (at(page, list.at) ?? []) as unknown[]
    const jobs = items.map(item => jobFrom(kind, item, args))
    yield jobs
    const last = jobs.at(-1)
    const time = last && timeOf(last)
    if (list.sorted && since && time !== undefined && time < since.getTime()) return
  }
}
