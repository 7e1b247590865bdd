import { operationIdsIn } from './extension-operations.js'
import { gottenJobs, jobKinds, jobsIn, listsOf } from './job-kinds.js'
import { bodyMembers, bodySchemas, descend, entries, isNamed, operationsOf, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Every operation that touches jobs is named with its role in a kind: one with a part of a job's key in its path or its request body, with a job in
 * its response, or, if it is no GET, with a part of the key in its response.
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
          message: `${operation.id} touches jobs of ${reason}. Name it in the operations of the kind.`,
          location: operation.place.location.child(['operationId']),
        })
      }
    },
  },
})

/** By what an operation on jobs of a kind is recognized. */
function traitsOf(ctx, entry) {
  const lists = listsOf(ctx, entry)
  const read = [gottenJobs(ctx, entry), ...lists.map(({ call }) => jobsIn(ctx, entry, call, true))].filter(Boolean)
  const [list] = lists
  const listPath = (list && entry.operations.get(list.call.node.operation)?.path) ?? ''
  // A part of the key that the list has in its path is shared by many jobs, such as a workspace.
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

/** Why an operation touches jobs of a kind; undefined if it does not. */
function reasonFor(ctx, operation, { name, keys, keySchemas, jobSchemas }) {
  const inPath = keys.find(key => operation.path.includes(`{${key}}`))
  if (inPath) return `${name}: ${inPath} is in its path`
  const inBody = bodyMembers(ctx, operation).find(member => keys.some(key => member === key || member === `${key}s`))
  if (inBody) return `${name}: ${inBody} is in its request body`
  const sent = bodySchemas(ctx, operation)
  if (sent.some(schema => contains(ctx, schema, keySchemas))) return `${name}: the key of a job is in its request body`
  const { schema } = successOf(ctx, operation)
  if (schema && contains(ctx, schema, jobSchemas)) return `${name}: its response has a job`
  // A response that only reads something may show a key without touching the job.
  if (operation.method === 'get' || !schema) return undefined
  const shown = keys.find(key => hasProperty(ctx, schema, key))
  if (shown) return `${name}: ${shown} is in its response`
  return undefined
}

/** Locations of the schemas that have a name, by which they are recognized elsewhere. */
const componentsAmong = places =>
  new Set(places.filter(place => place && isNamed(place.location.pointer)).map(locationOf))

const locationOf = ({ location }) => location.absolutePointer

/** Whether an object, or an object in it, has a property. */
function hasProperty(ctx, place, name, depth = 2) {
  const properties = entries(ctx, descend(ctx, place, 'properties'))
  return (
    properties.some(([key]) => key === name) ||
    (depth > 0 && properties.some(([, property]) => hasProperty(ctx, property, name, depth - 1)))
  )
}

/** Whether a schema, its properties or items are one of the given ones, at most this many levels down. */
function contains(ctx, place, locations, depth = 3) {
  if (locations.has(locationOf(place))) return true
  if (depth === 0 || !place.node) return false
  const inner = [
    ...entries(ctx, descend(ctx, place, 'properties')).map(([, property]) => property),
    ...(place.node.items ? [descend(ctx, place, 'items')] : []),
  ]
  return inner.some(schema => contains(ctx, schema, locations, depth - 1))
}
