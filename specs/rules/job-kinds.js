import { schemaAt, valueAt } from './pointer.js'
import { descend, entries, operationsById, rootOf, successOf } from './read.js'

/** Fields that not every job has, nor every operation shows, and on which nothing depends. */
export const OPTIONAL_FIELDS = ['duration', 'owner']

/** Every kind in x-jobs with its place, beside the operations it may name. */
export function jobKinds(ctx, root) {
  const place = rootOf(ctx, root)
  const operations = operationsById(ctx, place)
  return entries(ctx, descend(ctx, place, 'x-jobs')).map(([name, kind]) => ({ name, kind, operations }))
}

/**
 * What `get` or `list` of a kind leads to: the schema of `at` and of one job, and the jobs in the examples. Undefined where
 * the operation or the pointer leads nowhere, which is for the rules on those to say.
 */
export function jobsIn(ctx, { kind, operations }, how) {
  const { op, at, find } = kind.node[how] ?? {}
  const operation = operations.get(op)
  const { schema, examples } = operation ? successOf(ctx, operation) : {}
  const found = schema && schemaAt(ctx, schema, at)
  if (!found) return undefined
  const many = how === 'list' || find
  const values = examples.map(({ value }) => valueAt(value, at)).filter(value => value !== undefined)
  return {
    operation,
    found,
    job: many ? descend(ctx, found.place, 'items') : found.place,
    examples: many ? values.flat() : values,
  }
}

/** The schema of the state, whose known values are what a kind maps. */
export function stateOf(ctx, entry) {
  const job = jobsIn(ctx, entry, 'get')?.job
  const state = job && schemaAt(ctx, job, entry.kind.node.fields?.state ?? '')
  return state?.place.node
}
