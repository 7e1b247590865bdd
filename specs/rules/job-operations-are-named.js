import { operationIdsIn } from './extension-operations.js'
import { gottenJobs, jobKinds, jobsIn, listsOf } from './job-kinds.js'
import { bodyMembers, bodySchemas, descend, entries, isNamed, operationsOf, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Checks that a kind lists every operation that uses its jobs. An operation uses jobs if its path or its request body contains a
 * part of a job's key, or if its response contains a job. For methods other than GET, a part of the key in the response is enough.
 */
export const jobOperationsAreNamed = () => ({
  Root: {
    leave(root, ctx) {
      const place = rootOf(ctx, root)
      const named = new Set(
        operationIdsIn(ctx, place)
          .filter(({ path }) => path.startsWith('x-jobs.'))
          .map(({ id }) => id),
      )
      const kinds = jobKinds(ctx, root).map(entry => traitsOf(ctx, entry))
      for (const operation of operationsOf(ctx, place)) {
        if (named.has(operation.id)) continue
        const [reason] = kinds.flatMap(kind => reasonFor(ctx, operation, kind) ?? [])
        if (!reason) continue
        ctx.report({
          message: `${operation.id} uses jobs of the kind ${reason}. Add it to the operations of the kind.`,
          location: operation.place.location.child(['operationId']),
        })
      }
    },
  },
})

/** Collects what identifies operations on jobs of a kind: parts of the key, and schemas of jobs and keys. */
function traitsOf(ctx, entry) {
  const lists = listsOf(ctx, entry)
  const read = [gottenJobs(ctx, entry), ...lists.map(({ call }) => jobsIn(ctx, entry, call, true))].filter(Boolean)
  const [list] = lists
  const listPath = (list && entry.operations.get(list.call.node.operation)?.path) ?? ''
  // A part of the key that is in the path of the list, such as a workspace, does not identify a job, because many jobs share it.
  const keys = Object.entries(entry.kind.node.key ?? {}).filter(([name]) => !listPath.includes(`{${name}}`))
  return {
    name: entry.name,
    keys: keys.map(([name]) => name),
    keySchemas: componentsAmong(
      keys.flatMap(([, pointer]) => read.map(({ job }) => pointer && schemaAt(ctx, job, pointer)?.place)),
    ),
    jobSchemas: componentsAmong(read.map(({ job }) => job)),
  }
}

/** Returns the reason why an operation uses jobs of a kind, or undefined if it does not. */
function reasonFor(ctx, operation, { name, keys, keySchemas, jobSchemas }) {
  const inPath = keys.find(key => operation.path.includes(`{${key}}`))
  if (inPath) return `${name}: ${inPath} is in its path`
  const inBody = bodyMembers(ctx, operation).find(member => keys.some(key => member === key || member === `${key}s`))
  if (inBody) return `${name}: ${inBody} is in its request body`
  const sent = bodySchemas(ctx, operation)
  if (sent.some(schema => contains(ctx, schema, keySchemas))) return `${name}: the key of a job is in its request body`
  const { schema } = successOf(ctx, operation)
  if (schema && contains(ctx, schema, jobSchemas)) return `${name}: its response has a job`
  // A GET can return the key of a job without being an operation on the job.
  if (operation.method === 'get' || !schema) return undefined
  const shown = keys.find(key => hasProperty(ctx, schema, key))
  if (shown) return `${name}: ${shown} is in its response`
  return undefined
}

/** Returns the locations of those schemas that have a name. An operation that refers to one of these locations uses the schema. */
const componentsAmong = places =>
  new Set(places.filter(place => place && isNamed(place.location.pointer)).map(locationOf))

const locationOf = ({ location }) => location.absolutePointer

/** Returns true if an object, or an object in it, has a property with this name. */
function hasProperty(ctx, place, name, depth = 2) {
  const properties = entries(ctx, descend(ctx, place, 'properties'))
  return (
    properties.some(([key]) => key === name) ||
    (depth > 0 && properties.some(([, property]) => hasProperty(ctx, property, name, depth - 1)))
  )
}

/** Returns true if `locations` contains the schema or, down to a maximum depth, a schema inside it. */
function contains(ctx, place, locations, depth = 3) {
  if (locations.has(locationOf(place))) return true
  if (depth === 0 || !place.node) return false
  const inner = [
    ...entries(ctx, descend(ctx, place, 'properties')).map(([, property]) => property),
    ...(place.node.items ? [descend(ctx, place, 'items')] : []),
  ]
  return inner.some(schema => contains(ctx, schema, locations, depth - 1))
}
