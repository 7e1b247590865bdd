import type { JobKindSpec } from './generated/extensions.gen.ts'
import type { Bundle } from './openapi.ts'

/** An operation whose response contains jobs of a kind. */
export interface JobView {
  /** Name of the job kind. */
  readonly kind: string
  readonly spec: JobKindSpec
  /** What the operation does with jobs of the kind. */
  readonly role: 'get' | 'list' | 'create' | 'start' | 'cancel' | 'update' | 'delete' | 'view'
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
    const roles: readonly (readonly [JobView['role'], readonly Call[] | undefined])[] = [
      ['get', [get]],
      ['list', [...(list ? [list] : []), ...(spec.otherLists ?? [])]],
      ['create', create],
      ['start', start],
      ['cancel', cancel],
      ['update', update],
      ['delete', deletions],
      ['view', views],
    ]
    const found = new Map<string, JobView>()
    for (const [role, calls = []] of roles) {
      for (const { operation, at } of calls) {
        const place = `${operation} ${at}`
        if (at !== undefined && !found.has(place)) found.set(place, { kind, spec, role, operation, at })
      }
    }
    return [...found.values()]
  })
}

interface Call {
  readonly operation: string
  readonly at?: string
}
