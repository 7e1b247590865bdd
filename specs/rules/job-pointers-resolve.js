import { jobKinds, jobsIn, OPTIONAL_FIELDS } from './job-kinds.js'
import { schemaAt, valueAt } from './pointer.js'
import { descend, entries, mediaOf, successOf } from './read.js'

/**
 * Pointers of x-jobs lead somewhere, in the schema and in the examples: `at` of get and list, `key` in what get, list and the
 * creating operations answer, `fields` in what get answers, `preset` in what get or list answer. A part of the key may come from
 * the call instead (list, create), and a preset `$name` must.
 */
export const jobPointersResolve = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        for (const how of ['get', 'list']) checkJobs(ctx, entry, how)
        for (const [op, place] of entries(ctx, descend(ctx, entry.kind, 'create'))) checkCreated(ctx, entry, op, place)
        for (const [op, place] of entries(ctx, descend(ctx, entry.kind, 'preset'))) checkPreset(ctx, entry, op, place)
      }
    },
  },
})

function checkJobs(ctx, entry, how) {
  const call = descend(ctx, entry.kind, how)
  const jobs = jobsIn(ctx, entry, how)
  const location = call.location.child(['at'])
  if (!jobs) {
    if (entry.operations.has(call.node?.op)) {
      ctx.report({ message: `${call.node.at} leads nowhere in what ${call.node.op} answers.`, location })
    }
    return
  }
  if ((how === 'list' || call.node.find) && !jobs.job.node) {
    ctx.report({ message: `${call.node.at} leads to no array in what ${call.node.op} answers.`, location })
    return
  }
  if (jobs.examples.length === 0) {
    ctx.report({ message: `No example of ${call.node.op} has a job at '${call.node.at}'.`, location })
  }
  const sent = how === 'list' ? sentBy(ctx, jobs.operation) : new Set()
  const keys = entries(ctx, descend(ctx, entry.kind, 'key')).filter(([name]) => !sent.has(name))
  const fields = entries(ctx, descend(ctx, entry.kind, 'fields'))
  // An item of a list may say less than the job itself, but not who it is and how it does.
  const wanted = [...keys, ...fields.filter(([name]) => how === 'get' || name === 'state')]
  for (const [name, { node: pointer, location }] of wanted) {
    if (pointer === '') continue
    if (!schemaAt(ctx, jobs.job, pointer)) {
      ctx.report({ message: `${name}: ${pointer} is not in the schema of a job of ${call.node.op}.`, location })
    } else if (
      !OPTIONAL_FIELDS.includes(name) &&
      jobs.examples.length > 0 &&
      !jobs.examples.some(job => valueAt(job, pointer) !== undefined)
    ) {
      ctx.report({ message: `${name}: ${pointer} is in no example of ${call.node.op}.`, location })
    }
  }
}

function checkCreated(ctx, entry, op, { node: at, location }) {
  const operation = entry.operations.get(op)
  if (!operation) return
  const { schema, examples } = successOf(ctx, operation)
  const sent = sentBy(ctx, operation)
  for (const [name, pointer] of Object.entries(entry.kind.node.key ?? {})) {
    if (pointer === '' || sent.has(name)) continue
    if (!schema || !schemaAt(ctx, schema, at + pointer)) {
      ctx.report({ message: `${name}: ${at}${pointer} is not in what ${op} answers.`, location })
    } else if (!examples.some(({ value }) => valueAt(value, at + pointer) !== undefined)) {
      ctx.report({ message: `${name}: ${at}${pointer} is in no example of ${op}.`, location })
    }
  }
}

function checkPreset(ctx, entry, op, place) {
  const operation = entry.operations.get(op)
  const shown = ['get', 'list'].map(how => jobsIn(ctx, entry, how)?.job).filter(Boolean)
  const sent = operation ? sentBy(ctx, operation) : new Set()
  for (const [pointer, { node: value, location }] of entries(ctx, place)) {
    if (!shown.some(job => schemaAt(ctx, job, pointer))) {
      ctx.report({ message: `${pointer} is in the schema of no job of this kind.`, location: location.key() })
    }
    if (operation && typeof value === 'string' && value.startsWith('$') && !sent.has(value.slice(1))) {
      ctx.report({ message: `${op} is not sent ${value.slice(1)}.`, location })
    }
  }
}

/** What the caller of an operation says: its parameters, and the members of its body. */
function sentBy(ctx, operation) {
  const bodies = mediaOf(ctx, operation).filter(({ status }) => status === undefined)
  const members = bodies.flatMap(({ place }) => Object.keys(descend(ctx, place, 'schema').node?.properties ?? {}))
  return new Set([...operation.parameters.map(({ node }) => node?.name), ...members])
}
