import type { Document, Schema } from './document.ts'
import type { ErrorRules } from './error-rules.ts'
import type { JobKindModel } from './job-kinds.ts'
import type { Operation } from './operation.ts'
import { resolve } from './resolve.ts'
import { getShape } from './shape.ts'

interface Facts {
  readonly document: Document
  readonly jobs: readonly JobKindModel[]
  readonly errors: ErrorRules
}

/**
 * Adds the flag `returns` to the operations whose responses a client must not accept without certain data: an operation that creates a job
 * returns the key of the job, and a bulk action returns at least one result. Data that the spec does not require is not listed.
 */
export function addReturnedData(operations: readonly Operation[], { document, jobs, errors }: Facts): Operation[] {
  return operations.map(operation => {
    const { schema } = operation.success
    if (!schema) return operation
    const { type, items } = resolve(document, schema)
    const searched = type === 'array' ? items : schema
    const candidates = type === 'array' ? [errors.failure?.at] : findKeyPointers(operation.id, jobs)
    const returns = candidates.filter(at => at && isRequired(document, searched, at))
    return returns.length > 0
      ? { ...operation, flags: { ...operation.flags, returns: returns as string[] } }
      : operation
  })
}

/** Returns where the response of an operation contains the parts of the key of the created job. */
const findKeyPointers = (id: string, jobs: readonly JobKindModel[]): readonly (string | undefined)[] =>
  jobs.flatMap(({ table: { key, create = {} } }) => {
    const at = create[id]
    return at === undefined ? [] : Object.values(key).map(pointer => pointer && at + pointer)
  })

/** Returns whether a schema requires all members that a JSON Pointer names. */
function isRequired(document: Document, schema: Schema | undefined, pointer: string): boolean {
  const [, name, ...rest] = pointer.split('/')
  if (name === undefined) return true
  const shape = schema && getShape(document, schema)
  if (!shape?.required.has(name)) return false
  return isRequired(document, shape.properties[name], ['', ...rest].join('/'))
}
