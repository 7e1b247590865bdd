import { listOperations } from '../bundle.ts'
import type { Bundle, OperationObject, ParameterObject } from '../openapi.ts'
import { formatPointerToken } from '../pointer.ts'
import type { SpecChange } from './change.ts'
import { compareRequestBody, compareResponses } from './compare-bodies.ts'
import { compareJobs } from './compare-jobs.ts'
import { compareSchemas } from './compare-schemas.ts'
import { follow } from './follow.ts'

/**
 * Compares two versions of the spec of a service. Returns the changes that affect users of the operations. If requests and responses
 * share a schema, a change of this schema is returned twice: once for requests and once for responses.
 */
export function compareBundles(before: Bundle, after: Bundle): readonly SpecChange[] {
  const changes: SpecChange[] = []
  const seen = new Set<string>()
  const report = (change: SpecChange) => {
    const key = `${change.pointer} ${change.direction} ${change.what}`
    if (!seen.has(key)) changes.push(change)
    seen.add(key)
  }
  const context = { before, after, report, compared: new Set<string>() }
  const [old, current] = [indexOperations(before), indexOperations(after)]
  for (const [id, { pointer }] of old) {
    if (current.has(id)) continue
    report({
      size: 'breaking',
      subject: 'operation',
      direction: 'request',
      pointer,
      owner: pointer,
      what: `${id} is removed.`,
    })
  }
  for (const [id, entry] of current) {
    const previous = old.get(id)
    if (previous) compareOperations(id, previous, entry)
    else
      report({
        size: 'additive',
        subject: 'operation',
        direction: 'request',
        pointer: entry.pointer,
        owner: entry.pointer,
        what: `${id} is new.`,
      })
  }
  for (const change of compareJobs(before, after)) report(change)
  return changes

  function compareOperations(id: string, old: Entry, current: Entry): void {
    const base = {
      subject: 'operation',
      direction: 'request',
      pointer: old.pointer,
      owner: old.pointer,
    } as const
    if (normalizeRoute(old.route) !== normalizeRoute(current.route)) {
      report({ ...base, size: 'breaking', what: `${id} moved from ${old.route} to ${current.route}.` })
    } else if (old.route !== current.route) {
      const what = `${id}: path parameters are renamed: ${old.route} is now ${current.route}.`
      report({ ...base, size: 'additive', what })
    }
    if (current.operation.deprecated && !old.operation.deprecated) {
      report({ ...base, size: 'deprecated', what: `${id} is deprecated.` })
    }
    compareParameters(id, old, current)
    compareRequestBody(id, old, current, context)
    compareResponses(id, old, current, context)
  }

  function compareParameters(id: string, old: Entry, current: Entry): void {
    const newKeys = matchParameters(old, current)
    const known = new Set(newKeys.values())
    for (const [key, { place, value }] of old.parameters) {
      const next = current.parameters.get(newKeys.get(key) ?? '')
      const base = { subject: 'parameter', direction: 'request', pointer: place, owner: old.pointer } as const
      if (!next) report({ ...base, size: 'breaking', what: `${id}: the parameter ${value.name} is removed.` })
      else {
        const name = `The parameter ${value.name}`
        compareSchemas({ pointer: `${place}/schema`, name }, { pointer: `${next.place}/schema` }, 'request', context)
        if (next.value.required && !value.required) {
          report({
            ...base,
            size: 'breaking',
            what: `${id}: the parameter ${value.name} is now required.`,
          })
        }
      }
    }
    for (const [key, { place, value }] of current.parameters) {
      if (known.has(key)) continue
      const size = value.required ? 'breaking' : 'additive'
      const kind = value.required ? 'required' : 'optional'
      const what = `${id}: the ${kind} parameter ${value.name} is new.`
      report({ size, subject: 'parameter', direction: 'request', pointer: place, owner: old.pointer, what })
    }
  }
}

/** Returns a route with the same placeholder for each path parameter, because requests do not contain the names of path parameters. */
const normalizeRoute = (route: string): string => route.replace(/\{[^}]*\}/g, '{}')

const getPathKeys = (route: string): string[] => [...route.matchAll(/\{([^}]*)\}/g)].map(([, name]) => `path ${name}`)

/**
 * Maps the key of each old parameter, such as `path job_id`, to its key in the newer version. If a path parameter is renamed, its
 * position in the route identifies it.
 */
function matchParameters(old: Entry, current: Entry): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>()
  if (normalizeRoute(old.route) === normalizeRoute(current.route)) {
    const newKeys = getPathKeys(current.route)
    for (const [index, key] of getPathKeys(old.route).entries()) renamed.set(key, newKeys[index] ?? key)
  }
  return new Map([...old.parameters.keys()].map(key => [key, renamed.get(key) ?? key]))
}

interface Entry {
  readonly route: string
  readonly pointer: string
  readonly operation: OperationObject
  readonly parameters: ReadonlyMap<string, { readonly place: string; readonly value: ParameterObject }>
}

function indexOperations(bundle: Bundle): ReadonlyMap<string, Entry> {
  return new Map(
    listOperations(bundle).map(({ path, method, item, operation }): [string, Entry] => {
      const pathPointer = `/paths/${formatPointerToken(path)}`
      const pointer = `${pathPointer}/${method}`
      const places = [
        ...(item.parameters ?? []).map((_, index) => `${pathPointer}/parameters/${index}`),
        ...(operation.parameters ?? []).map((_, index) => `${pointer}/parameters/${index}`),
      ]
      const parameters = places.map(each => {
        const { pointer: place, value } = follow<ParameterObject>(bundle, each)
        return [`${value.in} ${value.name}`, { place, value }] as const
      })
      const id = operation.operationId ?? `${method.toUpperCase()} ${path}`
      return [id, { route: `${method.toUpperCase()} ${path}`, pointer, operation, parameters: new Map(parameters) }]
    }),
  )
}
