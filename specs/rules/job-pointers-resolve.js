import { readPointer } from '../src/pointer.ts'
import { gottenJobs, jobKinds, jobsIn, listsOf, OPTIONAL_FIELDS, operationOf, operationsOfRole } from './job-kinds.js'
import { bodyMembers, descend, entries, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Checks that the pointers of x-jobs resolve in the schemas and in the examples:
 * - `at` in the responses of get and of lists
 * - `key` in the responses of get, list and create operations
 * - `fields` in the response of get
 * - `presets` and `failure.job` in a job that get or list returns
 * - each pointer of `failure.responses` in the response of its operation
 *
 * In list and create operations, a part of the key can be in the request instead of the response. If a value in `presets` is
 * `$name`, the operation must have a parameter or a body property with this name. If the kind has `fields.reason`,
 * `failure.job` must have a value for this pointer.
 */
export const jobPointersResolve = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        const get = operationOf(ctx, entry, 'get')
        checkJobs(ctx, entry, get, { isGet: true, isList: get.node?.find === true })
        for (const { call } of listsOf(ctx, entry)) checkJobs(ctx, entry, call, { isGet: false, isList: true })
        for (const call of operationsOfRole(ctx, entry, 'create')) checkCreated(ctx, entry, call)
        for (const role of ['start', 'cancel', 'update', 'delete', 'views']) {
          for (const call of operationsOfRole(ctx, entry, role)) checkShown(ctx, entry, call)
        }
        for (const role of ['progress', 'logs']) checkShown(ctx, entry, operationOf(ctx, entry, role))
        for (const [id, place] of entries(ctx, descend(ctx, entry.kind, 'simulation', 'presets'))) {
          checkPreset(ctx, entry, id, place)
        }
        checkFailure(ctx, entry, descend(ctx, entry.kind, 'simulation', 'failure'))
      }
    },
  },
})

function checkJobs(ctx, entry, call, { isGet, isList }) {
  if (!call.node) return
  const { operation, at } = call.node
  const jobs = jobsIn(ctx, entry, call, isList)
  const location = call.location.child(['at'])
  if (!jobs) {
    if (entry.operations.has(operation)) {
      ctx.report({ message: `${at} does not exist in the response of ${operation}.`, location })
    }
    return
  }
  if (isList && !jobs.job.node) {
    ctx.report({ message: `${at} is not an array in the response of ${operation}.`, location })
    return
  }
  if (jobs.examples.length === 0) {
    ctx.report({ message: `No example of ${operation} has a job at '${at}'.`, location })
  }
  const sent = isGet ? new Set() : sentBy(ctx, jobs.operation)
  const keys = entries(ctx, descend(ctx, entry.kind, 'key')).filter(([name]) => !sent.has(name))
  const fields = entries(ctx, descend(ctx, entry.kind, 'fields'))
  // An item of a list can have fewer fields than the job itself, but it must have the key and the state.
  const wanted = [...keys, ...fields.filter(([name]) => isGet || name === 'state')]
  for (const [name, { node: pointer, location }] of wanted) {
    if (pointer === '') continue
    if (!schemaAt(ctx, jobs.job, pointer)) {
      ctx.report({ message: `${name}: ${pointer} is not in the schema of a job of ${operation}.`, location })
    } else if (
      !OPTIONAL_FIELDS.includes(name) &&
      jobs.examples.length > 0 &&
      !jobs.examples.some(job => readPointer(job, pointer) !== undefined)
    ) {
      ctx.report({ message: `${name}: ${pointer} is not in any example of ${operation}.`, location })
    }
  }
}

function checkCreated(ctx, entry, { node, location: callLocation }) {
  const { operation: id, at } = node
  const operation = entry.operations.get(id)
  if (!operation) return
  const location = callLocation.child(['at'])
  const { schema, examples } = successOf(ctx, operation)
  const sent = sentBy(ctx, operation)
  for (const [name, pointer] of Object.entries(entry.kind.node.key ?? {})) {
    if (pointer === '' || sent.has(name)) continue
    if (!schema || !schemaAt(ctx, schema, at + pointer)) {
      ctx.report({ message: `${name}: ${at}${pointer} is not in the response of ${id}.`, location })
    } else if (!examples.some(({ value }) => readPointer(value, at + pointer) !== undefined)) {
      ctx.report({ message: `${name}: ${at}${pointer} is not in any example of ${id}.`, location })
    }
  }
}

/** Checks `at` of operations in a role other than get, list and create. */
function checkShown(ctx, entry, { node, location }) {
  const operation = entry.operations.get(node?.operation)
  if (!operation || node.at === undefined) return
  const { schema } = successOf(ctx, operation)
  if (schema && schemaAt(ctx, schema, node.at)) return
  ctx.report({
    message: `${node.at} does not exist in the response of ${node.operation}.`,
    location: location.child(['at']),
  })
}

function checkPreset(ctx, entry, id, place) {
  const operation = entry.operations.get(id)
  const sent = operation ? sentBy(ctx, operation) : new Set()
  checkValuesOfJob(ctx, entry, place)
  for (const [, { node: value, location }] of entries(ctx, place)) {
    if (operation && typeof value === 'string' && value.startsWith('$') && !sent.has(value.slice(1))) {
      ctx.report({ message: `${id} has no parameter or property ${value.slice(1)}.`, location })
    }
  }
}

function checkValuesOfJob(ctx, entry, place) {
  const list = operationOf(ctx, entry, 'list')
  const shown = [gottenJobs(ctx, entry)?.job, jobsIn(ctx, entry, list, true)?.job].filter(Boolean)
  for (const [pointer, { location }] of entries(ctx, place)) {
    if (shown.some(job => schemaAt(ctx, job, pointer))) continue
    ctx.report({ message: `${pointer} is not in the schema of any job of this kind.`, location: location.key() })
  }
}

function checkFailure(ctx, entry, failure) {
  if (!failure.node) return
  checkValuesOfJob(ctx, entry, descend(ctx, failure, 'job'))
  const { reason } = entry.kind.node.fields
  if (reason !== undefined && !Object.hasOwn(failure.node.job ?? {}, reason)) {
    ctx.report({ message: `${reason} is missing in the job of a failure.`, location: failure.location })
  }
  for (const [id, place] of entries(ctx, descend(ctx, failure, 'responses'))) {
    const operation = entry.operations.get(id)
    const schema = operation && successOf(ctx, operation).schema
    for (const [pointer, { location }] of schema ? entries(ctx, place) : []) {
      if (schemaAt(ctx, schema, pointer)) continue
      ctx.report({ message: `${pointer} is not in the response of ${id}.`, location: location.key() })
    }
  }
}

/** Returns the names of an operation's parameters and of the properties of its request body. */
const sentBy = (ctx, operation) =>
  new Set([...operation.parameters.map(({ node }) => node?.name), ...bodyMembers(ctx, operation)])
