import { readPointer } from '../pointer.ts'
import type { Kind } from './kind.ts'
import { fits, isObject, itemsOf, type Json, propertyNames, propertyOf, type Schema } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** Puts what was submitted where the job declares it: under its name, or under its name in the one object of settings. */
export function assignSubmitted(target: Json, schema: Schema | undefined, submitted: Json): void {
  for (const [name, value] of Object.entries(submitted)) {
    const property = propertyOf(schema, name)
    if (property) {
      const inner = target[name]
      if (isObject(value) && isObject(inner)) assignSubmitted(inner, property, value)
      else if (fits(property, value)) target[name] = declared(property, value)
      continue
    }
    const homes = propertyNames(schema).filter(outer => propertyOf(propertyOf(schema, outer), name))
    const [home = ''] = homes
    const settings = propertyOf(propertyOf(schema, home), name)
    const inner = target[home]
    if (homes.length === 1 && settings && isObject(inner) && fits(settings, value))
      inner[name] = declared(settings, value)
  }
}

/** A copy without the properties that the schema does not list, if it lists any. */
function declared(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => declared(itemsOf(schema), item))
  if (!isObject(value)) return value
  const listed = propertyNames(schema).length > 0
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const property = propertyOf(schema, name)
      return listed && !property ? [] : [[name, declared(property, inner)]]
    }),
  )
}

const leafOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** The name that was submitted: where the job has it, or under the same name at the top. */
export function getSubmittedName(job: SimulatedJob, pointer: string): string | undefined {
  const found = readPointer(job.submitted, pointer) ?? job.submitted[leafOf(pointer)]
  return typeof found === 'string' ? found : undefined
}

/** Reads a field of jobs without their bodies being made: what lists filter and sort by. */
export function createFieldReader(kind: Kind, pointer: string): (job: SimulatedJob) => unknown {
  const { fields, key } = kind.rules
  const part = Object.values(key).indexOf(pointer)
  if (part >= 0) return job => job.key[part]
  if (pointer === fields.state) return job => job.state
  if (pointer === fields.createdAt) return job => job.createdAt
  if (pointer === fields.startedAt) return job => job.getTimes().startedAt
  if (pointer === fields.updatedAt) return job => job.getTimes().updatedAt
  if (pointer === fields.endedAt) return job => job.getTimes().endedAt
  if (pointer === fields.duration) return job => job.getTimes().updatedAt - (job.getTimes().startedAt ?? job.createdAt)
  const leaf = leafOf(pointer)
  const usual = readPointer(kind.list?.item.template ?? kind.shape.template, pointer)
  const submitted = (job: SimulatedJob): unknown => readPointer(job.submitted, pointer) ?? job.submitted[leaf] ?? usual
  return pointer === fields.name ? job => getSubmittedName(job, pointer) ?? submitted(job) : submitted
}
