import { readPointer, writePointer } from '../pointer.ts'
import { assignSubmitted, getSubmittedName } from './job-fields.ts'
import type { Kind } from './kind.ts'
import { isRequired, type Json, type Schema, schemaAt, typed, typesOf } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'

/**
 * Makes `body`, an example of some job, an example of this one: key, name, state, times and what was submitted, each where
 * the schema declares it.
 */
export function renderJob(body: Json, schema: Schema | undefined, kind: Kind, job: SimulatedJob, now: number): void {
  const { fields, key } = kind.rules
  const moments = job.getTimes()
  const last = Object.values(key).at(-1)
  // What does not show the key is a part of the job, whose fields may mean other things.
  if (last === '' || (last && schemaAt(schema, last))) assignSubmitted(body, schema, job.submitted)
  const put = (pointer: string | undefined, value: unknown): void => {
    if (pointer && schemaAt(schema, pointer)) writePointer(body, pointer, value)
  }
  for (const [i, pointer] of Object.values(key).entries()) {
    put(pointer, typed(schemaAt(schema, pointer), job.key[i] ?? ''))
  }
  const name = fields.name && getSubmittedName(job, fields.name)
  if (name !== undefined) put(fields.name, name)
  put(fields.state, typed(schemaAt(schema, fields.state), moments.state))
  const times = (['createdAt', 'startedAt', 'updatedAt', 'endedAt'] as const).map(
    field => [fields[field], moments[field]] as const,
  )
  for (const [pointer, time] of times) {
    if (pointer && schemaAt(schema, pointer)) putTime(body, schema, pointer, time)
  }
  const until = moments.endedAt ?? now
  put(fields.duration, Math.max(0, Math.floor(until - (moments.startedAt ?? until))))
}

/** A time in the form of the example; one that has not come yet is null, or left out, or 0. */
function putTime(body: Json, schema: Schema | undefined, pointer: string, time: number | undefined): void {
  const property = schemaAt(schema, pointer)
  const types = typesOf(property)
  const example = readPointer(body, pointer)
  if (time !== undefined) writePointer(body, pointer, timeLike(example, time, types, property?.format))
  else if (types.includes('null')) writePointer(body, pointer, null)
  else if (example !== undefined) {
    const slash = pointer.lastIndexOf('/')
    const [above, name] = [pointer.slice(0, slash), pointer.slice(slash + 1)]
    const holder = readPointer(body, above) as Json
    if (isRequired(schemaAt(schema, above), name)) holder[name] = types.includes('string') ? '' : 0
    else delete holder[name]
  }
}

/** Above it a number of this century is milliseconds, below it seconds. */
const SECONDS = 1e11

function timeLike(example: unknown, time: number, types: readonly string[], format: string | undefined): unknown {
  if (!types.includes('string') || types.includes('integer')) {
    return typeof example === 'number' && example > 0 && example < SECONDS ? Math.floor(time / 1000) : time
  }
  if (format === 'date-time' || /^\d{4}-\d\d-\d\dT/.test(String(example))) return new Date(time).toISOString()
  return String(time)
}
