import { readPointer } from '@jobscope/specs'
import type { Kind } from './job-kind.ts'
import { getItems, getProperty, getPropertyNames, isObject, isValidValue, type Json, type Schema } from './schema.ts'
import { getDuration, type SimulatedJob } from './simulated-job.ts'

/**
 * Copies submitted properties into a body that shows the job. A property is copied if the schema declares its name at the top level or in
 * exactly one nested object.
 */
export function assignSubmitted(target: Json, schema: Schema | undefined, submitted: Json): void {
  for (const [name, value] of Object.entries(submitted)) {
    const property = getProperty(schema, name)
    if (property) {
      const nested = target[name]
      if (isObject(value) && isObject(nested)) assignSubmitted(nested, property, value)
      else if (isValidValue(property, value)) target[name] = copyDeclared(property, value)
      continue
    }
    const parents = getParents(schema).get(name) ?? []
    const [parent = ''] = parents
    const nestedProperty = getProperty(getProperty(schema, parent), name)
    const nested = target[parent]
    if (parents.length === 1 && nestedProperty && isObject(nested) && isValidValue(nestedProperty, value)) {
      nested[name] = copyDeclared(nestedProperty, value)
    }
  }
}

const parentsBySchema = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>()

/**
 * For each name in a nested object, the properties that contain this name. The result is cached, because a request can have thousands of
 * undeclared properties.
 */
function getParents(schema: Schema | undefined): ReadonlyMap<string, readonly string[]> {
  const known = schema && parentsBySchema.get(schema)
  if (known) return known
  const parents = new Map<string, string[]>()
  for (const parent of getPropertyNames(schema)) {
    for (const name of new Set(getPropertyNames(getProperty(schema, parent)))) {
      parents.set(name, [...(parents.get(name) ?? []), parent])
    }
  }
  if (schema) parentsBySchema.set(schema, parents)
  return parents
}

/**
 * Copies a value without the properties that its schema does not declare. If the schema declares no properties, all properties
 * are copied.
 */
function copyDeclared(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => copyDeclared(getItems(schema), item))
  if (!isObject(value)) return value
  const declaresProperties = getPropertyNames(schema).length > 0
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const property = getProperty(schema, name)
      return declaresProperties && !property ? [] : [[name, copyDeclared(property, inner)]]
    }),
  )
}

const getLastName = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** The submitted value of a field: at the field's pointer, or as a property with the same name at the top level. */
const getSubmittedValue = (submitted: Json, pointer: string): unknown =>
  readPointer(submitted, pointer) ?? submitted[getLastName(pointer)]

/** The submitted name of a job, if it is text. */
export function getSubmittedName(submitted: Json, pointer: string): string | undefined {
  const name = getSubmittedValue(submitted, pointer)
  return typeof name === 'string' ? name : undefined
}

/**
 * Creates a reader of one field, for filters and sorting. It does not create the body of the job, because that would be slow.
 *
 * @param now - returns the time in epoch milliseconds
 */
export function createFieldReader(kind: Kind, pointer: string, now: () => number): (job: SimulatedJob) => unknown {
  const { fields, key } = kind.rules
  const keyIndex = Object.values(key).indexOf(pointer)
  if (keyIndex >= 0) return job => job.key[keyIndex]
  if (pointer === fields.state) return job => job.state
  if (pointer === fields.createdAt) return job => job.createdAt
  if (pointer === fields.startedAt) return job => job.getTimes().startedAt
  if (pointer === fields.updatedAt) return job => job.getTimes().updatedAt
  if (pointer === fields.finishedAt) return job => job.getTimes().finishedAt
  if (pointer === fields.duration) return job => getDuration(job.getTimes(), now())
  const exampleValue = readPointer(kind.list?.item.template ?? kind.shape.template, pointer)
  return job => getSubmittedValue(job.submitted, pointer) ?? exampleValue
}
