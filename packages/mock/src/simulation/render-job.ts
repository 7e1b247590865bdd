import { readPointer, writePointer } from '@jobscope/specs'
import { assignSubmitted, getSubmittedName } from './job-fields.ts'
import type { Kind } from './job-kind.ts'
import { getSchemaAt, getTypes, isRequired, type Json, parseAs, type Schema } from './schema.ts'
import { MAX_OBJECT_SIZE, shorten } from './shorten.ts'
import { getDuration, type SimulatedJob } from './simulated-job.ts'

export interface RenderOptions {
  readonly kind: Kind
  readonly job: SimulatedJob
  /** The schema of the body. */
  readonly schema: Schema | undefined
  /** In epoch milliseconds. */
  readonly now: number
  /** The maximum size of the submitted properties in the body. @default the size of everything that the mock keeps */
  readonly maxSize?: number
}

/**
 * Changes an example body into the body of a job. It writes the key, name, state, times and submitted properties of the job, and the reason
 * of its failure, if the schema declares these properties.
 */
export function renderJob(body: Json, { kind, job, schema, now, maxSize = MAX_OBJECT_SIZE }: RenderOptions): void {
  const { fields, key } = kind.rules
  const times = job.getTimes()
  const submitted = shorten(job.submitted, maxSize)
  const lastKeyPointer = Object.values(key).at(-1)
  // A body without the key shows only a part of the job. Its properties may have other meanings than the submitted properties with the
  // same names, so the submitted properties are not written.
  const showsKey = lastKeyPointer === '' || (lastKeyPointer && getSchemaAt(schema, lastKeyPointer))
  if (showsKey) assignSubmitted(body, schema, submitted)
  const write = (pointer: string | undefined, value: unknown): void => {
    if (pointer && getSchemaAt(schema, pointer)) writePointer(body, pointer, value)
  }
  for (const [i, pointer] of Object.values(key).entries()) {
    write(pointer, parseAs(getSchemaAt(schema, pointer), job.key[i] ?? ''))
  }
  const name = fields.name && getSubmittedName(submitted, fields.name)
  if (name !== undefined) write(fields.name, name)
  write(fields.state, parseAs(getSchemaAt(schema, fields.state), times.state))
  const timesByPointer = [
    [fields.createdAt, times.createdAt],
    [fields.startedAt, times.startedAt],
    [fields.updatedAt, times.updatedAt],
    [fields.finishedAt, times.finishedAt],
  ] as const
  for (const [pointer, time] of timesByPointer) {
    if (!pointer || !getSchemaAt(schema, pointer)) continue
    if (time === undefined) clearTime(body, schema, pointer)
    else writePointer(body, pointer, formatTime(time, readPointer(body, pointer), getSchemaAt(schema, pointer)))
  }
  write(fields.duration, getDuration(times, now))
  if (showsKey && job.hasFailed) writeExistingPlaces(body, schema, kind.rules.simulation?.failure?.job)
}

/** Writes values whose place the schema declares. The object or array that contains the place must exist. */
export function writeExistingPlaces(
  body: Json,
  schema: Schema | undefined,
  values: { readonly [pointer: string]: unknown } = {},
): void {
  for (const [pointer, value] of Object.entries(values)) {
    const parent = readPointer(body, pointer.slice(0, pointer.lastIndexOf('/')))
    const exists = typeof parent === 'object' && parent !== null && getSchemaAt(schema, pointer) !== undefined
    if (exists) writePointer(body, pointer, structuredClone(value))
  }
}

/**
 * Shows that a time has not been reached. Depending on the schema, the value is null, the property is left out, or a required property is 0
 * or empty text.
 */
function clearTime(body: Json, schema: Schema | undefined, pointer: string): void {
  const types = getTypes(getSchemaAt(schema, pointer))
  if (types.includes('null')) {
    writePointer(body, pointer, null)
    return
  }
  if (readPointer(body, pointer) === undefined) return
  const slash = pointer.lastIndexOf('/')
  const [parentPointer, name] = [pointer.slice(0, slash), pointer.slice(slash + 1)]
  const parent = readPointer(body, parentPointer) as Json
  if (isRequired(getSchemaAt(schema, parentPointer), name)) parent[name] = types.includes('string') ? '' : 0
  else delete parent[name]
}

/** An example time below this number is in seconds. As milliseconds, it would be a time before 1973-03-03. */
const MAX_SECONDS = 1e11

/** Formats a time like the example: in seconds, in milliseconds, as an ISO date or as text with milliseconds. */
export function formatTime(time: number, example: unknown, schema: Schema | undefined): unknown {
  const types = getTypes(schema)
  if (!types.includes('string') || types.includes('integer')) {
    const isInSeconds = typeof example === 'number' && example > 0 && example < MAX_SECONDS
    return isInSeconds ? Math.floor(time / 1000) : time
  }
  const isIsoDate = schema?.format === 'date-time' || /^\d{4}-\d\d-\d\dT/.test(String(example))
  return isIsoDate ? new Date(time).toISOString() : String(time)
}
