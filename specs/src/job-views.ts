import type { JobKindSpec, JobOperations } from './generated/extensions.gen.ts'
import type { Bundle } from './openapi.ts'

/** What an operation does with jobs. Operations that read logs or the progress are not included, because they return no jobs. */
export type JobRole = Exclude<keyof JobOperations, 'logs' | 'progress'>

/** An operation whose response contains jobs of a kind. */
export interface JobView {
  /** Name of the job kind. */
  readonly kind: string
  readonly spec: JobKindSpec
  readonly role: JobRole
  readonly operation: string
  /** JSON Pointer to the job or to the array of jobs in the response. */
  readonly at: string
}

/**
 * Lists the operations whose responses contain jobs, and where the jobs are. If an operation has several roles for jobs at the same place,
 * lists the first of these roles.
 *
 * @example
 * const lists = listJobViews(readBundle('cs')).filter(({ role }) => role === 'list')
 */
export function listJobViews({ 'x-jobs': kinds = {} }: Pick<Bundle, 'x-jobs'>): readonly JobView[] {
  return Object.entries(kinds).flatMap(([kind, spec]) => {
    const { get, list, create, start, cancel, update, delete: deletions, views } = spec.operations
    const lists = [...(list ? [list] : []), ...(spec.otherLists ?? [])]
    const calls = { get: [get], list: lists, create, start, cancel, update, delete: deletions, views }
    const found = new Map<string, JobView>()
    for (const [role, entries] of Object.entries<readonly Call[] | undefined>(calls)) {
      for (const { operation, at } of entries ?? []) {
        const place = `${operation} ${at}`
        if (at !== undefined && !found.has(place))
          found.set(place, { kind, spec, role: role as JobRole, operation, at })
      }
    }
    return [...found.values()]
  })
}

interface Call {
  readonly operation: string
  readonly at?: string
}
