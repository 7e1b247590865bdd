import { readPointer } from '../src/pointer.ts'
import { descend, entries, operationsById, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/** Optional fields. Some jobs lack these fields, and some operations do not return them. Our code does not require them. */
export const OPTIONAL_FIELDS = ['duration', 'owner']

/** Returns an entry for each kind in x-jobs: its name, its place in the document (`kind`), and all operations of the document by ID. */
export function jobKinds(ctx, root) {
  const place = rootOf(ctx, root)
  const operations = operationsById(ctx, place)
  return entries(ctx, descend(ctx, place, 'x-jobs')).map(([name, kind]) => ({ name, kind, operations }))
}

/**
 * `operationOf` returns the place of a role in the `operations` of a kind. If the role has a list of operations,
 * `operationsOfRole` returns the place of each item of this list.
 */
export const operationOf = (ctx, { kind }, role) => descend(ctx, kind, 'operations', role)
export const operationsOfRole = (ctx, entry, role) =>
  entries(ctx, operationOf(ctx, entry, role)).map(([, place]) => place)

/**
 * Returns all list operations of a kind: `list`, and those in `otherLists`. `call` is the place with the operation. `rules` is
 * the place with the filters and the other parameters.
 */
export function listsOf(ctx, entry) {
  const list = operationOf(ctx, entry, 'list')
  const others = entries(ctx, descend(ctx, entry.kind, 'otherLists')).map(([, place]) => place)
  return [
    ...(list.node ? [{ call: list, rules: descend(ctx, entry.kind, 'list') }] : []),
    ...others.map(place => ({ call: place, rules: place })),
  ]
}

/**
 * Resolves the pointer `at` in the response of an operation that reads jobs. Returns the schema at `at`, the schema of one job,
 * and the jobs in the examples. Returns undefined if the operation or the pointer does not exist, because other rules report
 * this problem.
 *
 * @param call the place of the entry: `get`, `list` or one of `otherLists`
 * @param isList whether `at` points to an array of jobs
 */
export function jobsIn(ctx, { operations }, call, isList) {
  const { operation: id, at } = call.node ?? {}
  const operation = operations.get(id)
  const { schema, examples } = operation ? successOf(ctx, operation) : {}
  const found = schema && schemaAt(ctx, schema, at)
  if (!found) return undefined
  const values = examples.map(({ value }) => readPointer(value, at)).filter(value => value !== undefined)
  return {
    operation,
    found,
    job: isList ? descend(ctx, found.place, 'items') : found.place,
    examples: isList ? values.flat() : values,
  }
}

/** Resolves `at` of `get` in the same way as `jobsIn`. */
export function gottenJobs(ctx, entry) {
  const get = operationOf(ctx, entry, 'get')
  return jobsIn(ctx, entry, get, get.node?.find === true)
}

/** Returns the schema of the state. Its known values are the keys of `states`. */
export function stateOf(ctx, entry) {
  const job = gottenJobs(ctx, entry)?.job
  const state = job && schemaAt(ctx, job, entry.kind.node.fields?.state ?? '')
  return state?.place.node
}
