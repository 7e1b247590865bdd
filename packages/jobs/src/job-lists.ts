import type { CallOptions } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { type Job, jobFrom } from './service-job.ts'

type Args = Record<string, unknown>
type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  all?: (args: Args, options: CallOptions) => { pages(): AsyncIterable<unknown> }
}

/** A list of jobs of one kind. */
export interface Source {
  readonly kind: ClientJobKind
  readonly args: Readonly<Args>
}

/** When a job came to be, in ms: by its creation, else its start, else its last change. */
export const timeOf = ({ createdAt, startedAt, updatedAt }: Job): number | undefined =>
  (createdAt ?? startedAt ?? updatedAt)?.getTime()

/** Whether the lists of a kind are newest first, as far as the spec knows. */
export const isSorted = ({ rules }: ClientJobKind): boolean => rules.list?.sorted !== undefined

/**
 * The lists that have the jobs of a kind: one, or one for each value that its spec says to loop over. None where the kind
 * has no list.
 */
export function sourcesOf(kind: ClientJobKind): Source[] {
  const { list } = kind.rules
  if (!list) return []
  let calls: Args[] = [{ ...list.args }]
  for (const [name, values] of Object.entries(list.each ?? {}))
    calls = calls.flatMap(args => values.map(value => ({ ...args, [name]: value })))
  return calls.map(args => ({ kind, args }))
}

/** The jobs of a list, page by page; a list without pages is one. */
export async function* pagesOf({ kind, args }: Source, options: CallOptions): AsyncGenerator<Job[], void> {
  const { list } = kind.rules
  if (!list) return
  const method = (kind.client as Record<string, Method>)[list.op] as Method
  const pages = method.all?.(args, options).pages() ?? [await method(args, options)]
  for await (const page of pages) {
    const items = (readPointer(page, list.at) ?? []) as unknown[]
    yield items.map(item => jobFrom(kind, item, args))
  }
}
