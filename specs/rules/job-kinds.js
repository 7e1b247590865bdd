import { readPointer } from '../src/pointer.ts'
import { descend, entries, operationsById, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/** Fields that not every job has and not every operation shows. Nothing depends on them. */
export const OPTIONAL_FIELDS = ['duration', 'owner']

/** Every kind in x-jobs with its place, beside the operations of the document by ID. */
export function jobKinds(ctx, root) {
  const place = rootOf(ctx, root)
  const operations = operationsById(ctx, place)
  return entries(ctx, descend(ctx, place, 'x-jobs')).map(([name, kind]) => ({ name, kind, operations }))
}

/** The place of an entry of `operations`: that of `get`, or those of all creating operations. */
export const operationOf = (ctx, { kind }, role) => descend(ctx, kind, 'operations', role)
export const operationsOfRole = (ctx, entry, role) =>
  entries(ctx, operationOf(ctx, entry, role)).map(([, place]) => place)

/** The places of all lists of a kind that take filters: `list` and `otherLists`, each with the place of its operation. */
export function listsOf(ctx, entry) {
  const list = operationOf(ctx, entry, 'list')
  const others = entries(ctx, descend(ctx, entry.kind, 'otherLists')).map(([, place]) => place)
  return [
    ...(list.node ? [{ call: list, rules: descend(ctx, entry.kind, 'list') }] : []),
    ...others.map(place => ({ call: place, rules: place })),
  ]
}

/**
 * What the response of a reading operation leads to: the schema at `at`, the schema of one job, and the jobs in the examples. Undefined where
 * the operation or the pointer leads nowhere: other rules report that.
 *
 * @param call the place of the entry: `get`, `list` or one of `otherLists`
 * @param isList whether `at` leads to an array of jobs
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

/** The same for `get`. */
export function gottenJobs(ctx, entry) {
  const get = operationOf(ctx, entry, 'get')
  return jobsIn(ctx, entry, get, get.node?.find === true)
}

/** The schema of the state, whose known values are the keys of `states`. */
export function stateOf(ctx, entry) {
  const job = gottenJobs(ctx, entry)?.job
  const state = job && schemaAt(ctx, job, entry.kind.node.fields?.state ?? '')
  return state?.place.node
}
