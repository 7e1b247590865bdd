import { parsePointer } from '../src/pointer.ts'
import { jobKinds, jobsIn, listsOf, operationsOfRole } from './job-kinds.js'
import { bodyMembers, bodySchemas, descend, entries, isObject, queryNames } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Checks that x-jobs declares every parameter of a list of jobs exactly once: as a page, sort, filter, condition or ignored
 * parameter. The rule checks parameters of the query and of the body. The declared parameters, the values of sort parameters
 * with an `enum`, and the pointers of filters must exist.
 */
export const jobListParametersAreDeclared = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        for (const list of listsOf(ctx, entry)) checkList(ctx, entry, list)
      }
    },
  },
})

function checkList(ctx, entry, { call, rules }) {
  const operation = entry.operations.get(call.node.operation)
  if (!operation) return
  const sent = [...queryNames(operation), ...bodyMembers(ctx, operation)]
  const inPath = operation.parameters.filter(({ node }) => node?.in === 'path').map(({ node }) => node.name)
  const declared = declaredNames(ctx, rules)
  const paging = pagingNames(descend(ctx, operation.place, 'x-pagination').node)
  for (const name of sent) {
    const times = declared.filter(place => place.name === name).length + (paging.includes(name) ? 1 : 0)
    if (times === 1) continue
    const problem = times === 0 ? 'is not declared' : 'is declared more than once'
    ctx.report({
      message: `${name} of ${operation.id} ${problem}. Declare it once in sort, filters, conditions or ignored of ${entry.name}.`,
      location: rules.location,
    })
  }
  for (const { name, location } of declared) {
    if (sent.includes(name) || inPath.includes(name)) continue
    ctx.report({ message: `${operation.id} has no parameter ${name}.`, location })
  }
  checkSort(ctx, operation, rules)
  checkFilters(ctx, entry, call, rules)
}

function declaredNames(ctx, rules) {
  const keysOf = name =>
    entries(ctx, descend(ctx, rules, name)).map(([key, { location }]) => ({ name: key, location: location.key() }))
  const conditions = descend(ctx, rules, 'conditions')
  return [
    ...keysOf('sort'),
    ...keysOf('filters'),
    ...entries(ctx, descend(ctx, rules, 'ignored')).map(([, { node, location }]) => ({ name: node, location })),
    ...(conditions.node ? [{ name: parsePointer(conditions.node.at)[0], location: conditions.location }] : []),
  ]
}

const pagingNames = ({ param, size, backwards } = {}) => [param, size, backwards?.param].filter(Boolean)

/** Reports values of an enum that are not declared, and declared values that are not in the enum. */
function checkSort(ctx, operation, rules) {
  const bodies = bodySchemas(ctx, operation)
  for (const [name, values] of entries(ctx, descend(ctx, rules, 'sort'))) {
    const parameter = operation.parameters.find(({ node }) => node?.name === name)
    const schema = parameter
      ? descend(ctx, parameter, 'schema')
      : bodies.map(body => descend(ctx, body, 'properties', name)).find(({ node }) => node)
    const known = schema?.node?.enum
    if (!known) continue
    for (const value of known.filter(value => !(value in values.node))) {
      ctx.report({ message: `The value ${value} of ${name} is not declared.`, location: values.location })
    }
    for (const value of Object.keys(values.node).filter(value => !known.includes(value))) {
      ctx.report({ message: `${name} has no value ${value}.`, location: values.location.child([value]).key() })
    }
  }
}

function checkFilters(ctx, entry, call, rules) {
  const item = jobsIn(ctx, entry, call, true)?.job
  if (!item?.node) return
  const check = (pointer, location, inRequest) => {
    if (inRequest ? isSubmitted(ctx, entry, pointer) : isShown(ctx, entry, item, pointer)) return
    const where = inRequest ? 'in no request that creates a job' : `not in a job of ${call.node.operation}`
    ctx.report({ message: `${pointer} is ${where}.`, location })
  }
  for (const [, filter] of entries(ctx, descend(ctx, rules, 'filters'))) {
    const at = isObject(filter.node) ? descend(ctx, filter, 'at') : filter
    for (const pointer of [at.node].flat()) check(pointer, at.location, filter.node.in === 'request')
  }
  for (const [, values] of entries(ctx, descend(ctx, rules, 'sort'))) {
    for (const [, { node, location }] of entries(ctx, values)) {
      if (node.by !== undefined) check(node.by, location, false)
    }
  }
  for (const [, { node, location }] of entries(ctx, descend(ctx, rules, 'conditions', 'fields'))) {
    check(node, location, false)
  }
}

/** A list can filter by a value that its items do not contain. Then the value must be a part of the key. */
const isShown = (ctx, entry, item, pointer) =>
  schemaAt(ctx, item, pointer) !== undefined || Object.values(entry.kind.node.key).includes(pointer)

const isSubmitted = (ctx, entry, pointer) =>
  operationsOfRole(ctx, entry, 'create').some(({ node }) => {
    const operation = entry.operations.get(node.operation)
    return !operation || bodySchemas(ctx, operation).some(body => schemaAt(ctx, body, pointer))
  })
