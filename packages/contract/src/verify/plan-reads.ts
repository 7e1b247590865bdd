import {
  type Bundle,
  type BundleOperation,
  isReadOnlyOperation,
  type JobKindSpec,
  listOperations,
  resolveReference,
} from '@jobscope/specs'

/** A read-only operation, for jobs of one kind. */
export interface PlannedRead {
  readonly service: string
  readonly kind: string
  readonly operation: string
  readonly method: string
  readonly path: string
  /** A `list` operation is called once. Every other operation is called for the first `jobsPerKind` jobs of the list. */
  readonly role: 'list' | 'job'
  /** JSON Pointer of the jobs in the response of the list. */
  readonly at: string
  /** For each path or query parameter, by its name: the JSON Pointer of its value in a listed job. */
  readonly parameters: { readonly [name: string]: string }
}

/**
 * Plans which operations `verifyLive` calls: the list of each kind of job, then every operation that reads a job of this list.
 *
 * @param available names of path parameters that the client fills in
 */
export function planReads(service: string, bundle: Bundle, available: readonly string[]): readonly PlannedRead[] {
  const byId = new Map(listOperations(bundle).map(each => [each.operation.operationId ?? '', each]))
  return Object.entries(bundle['x-jobs'] ?? {}).flatMap(([kind, spec]) => {
    const { list } = spec.operations
    if (!list) return []
    const plan = (id: string, role: PlannedRead['role'], keys: JobKindSpec['key']): PlannedRead[] => {
      const entry = byId.get(id)
      if (!entry || !isReadOnlyOperation(entry) || hasRequiredBody(bundle, entry)) return []
      const required = listRequired(bundle, entry).filter(name => !available.includes(name))
      const parameters = required.flatMap(name => (keys[name] ? [[name, keys[name]] as const] : []))
      if (parameters.length < required.length) return []
      const { path, method } = entry
      return [
        {
          service,
          kind,
          operation: id,
          method: method.toUpperCase(),
          path,
          role,
          at: list.at,
          parameters: Object.fromEntries(parameters),
        },
      ]
    }
    const lists = plan(list.operation, 'list', {})
    if (lists.length === 0) return []
    const details = [...new Set(listDetails(spec))].filter(id => id !== list.operation)
    return [...lists, ...details.flatMap(id => plan(id, 'job', spec.key))]
  })
}

const listDetails = ({ operations: { get, views = [], logs, progress } }: JobKindSpec): string[] =>
  [get, ...views, logs, progress].flatMap(role => (role ? [role.operation] : []))

function listRequired(bundle: Bundle, { item, operation }: BundleOperation): string[] {
  return [...(item.parameters ?? []), ...(operation.parameters ?? [])]
    .map(each => resolveReference(bundle, each))
    .filter(each => each.required && each.in !== 'header')
    .map(each => each.name)
}

const hasRequiredBody = (bundle: Bundle, { operation: { requestBody } }: BundleOperation): boolean =>
  requestBody !== undefined && resolveReference(bundle, requestBody).required === true
