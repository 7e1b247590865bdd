import { read } from '../pointer.ts'
import type { LivingJob } from './job.ts'
import type { Kind } from './kind.ts'
import { fits, isObject, type Json, propertyNames, propertyOf, type Schema } from './schema.ts'

/** Puts what was submitted where the job declares it: under its name, or under its name in an object of settings. */
export function assign(target: Json, schema: Schema | undefined, submitted: Json): void {
  for (const [name, value] of Object.entries(submitted)) {
    const property = propertyOf(schema, name)
    if (property) {
      const inner = target[name]
      if (isObject(value) && isObject(inner)) assign(inner, property, value)
      else if (fits(property, value)) target[name] = structuredClone(value)
      continue
    }
    for (const outer of propertyNames(schema)) {
      const settings = propertyOf(propertyOf(schema, outer), name)
      const inner = target[outer]
      if (settings && isObject(inner) && fits(settings, value)) inner[name] = structuredClone(value)
    }
  }
}

const leafOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** The name that was submitted: where the job has it, or under the same name at the top. */
export function submittedName(job: LivingJob, pointer: string): string | undefined {
  const found = read(job.submitted, pointer) ?? job.submitted[leafOf(pointer)]
  return typeof found === 'string' ? found : undefined
}

/** A field of a job without its body being made: what lists filter and sort by. */
export function fieldOf(kind: Kind, job: LivingJob, pointer: string): unknown {
  const { fields, key } = kind.rules
  const part = Object.values(key).indexOf(pointer)
  if (part >= 0) return job.key[part]
  if (pointer === fields.state) return job.state
  if (pointer === fields.createdAt) return job.createdAt
  if (pointer === fields.startedAt) return job.moments().startedAt
  if (pointer === fields.updatedAt) return job.moments().updatedAt
  if (pointer === fields.endedAt) return job.moments().endedAt
  if (pointer === fields.duration) return job.moments().updatedAt - (job.moments().startedAt ?? job.createdAt)
  if (pointer === fields.name) {
    const name = submittedName(job, pointer)
    if (name !== undefined) return name
  }
  const submitted = read(job.submitted, pointer) ?? job.submitted[leafOf(pointer)]
  return submitted ?? read(kind.list?.item.template ?? kind.shape.template, pointer)
}
