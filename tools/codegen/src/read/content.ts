import { SpecError } from '../spec-error.ts'
import type { Document, Json, MediaType, RequestBodyObject, ResponseObject, Schema } from './document.ts'
import { getExamples } from './example.ts'
import { getTypeName } from './named-type.ts'
import { resolve } from './resolve.ts'
import { getShape } from './shape.ts'

export interface Body {
  readonly schema: Schema
  readonly type: string
  readonly required: boolean
  /** Sent as multipart/form-data. */
  readonly form: boolean
  readonly description: string | undefined
  readonly examples: readonly Json[]
}

/** What a call resolves to; without a schema, nothing. */
export interface Success {
  readonly schema: Schema | undefined
  readonly type: string
  /** The documented 2xx statuses. */
  readonly statuses: readonly string[]
}

const json = 'application/json'
const form = 'multipart/form-data'

export function readBody(document: Document, body: RequestBodyObject, operation: string): Body {
  const where = `${operation}: requestBody`
  const [type, media] = onlyMedia(body.content ?? {}, [json, form], where)
  if (type === form) checkParts(document, media.schema, where)
  return {
    schema: media.schema,
    type: getTypeName(media.schema, where),
    required: body.required ?? false,
    form: type === form,
    description: body.description,
    examples: getExamples(document, media),
  }
}

/** Of the 2xx responses; where they differ, the type is a union. */
export function readSuccess(
  responses: readonly (readonly [status: string, response: ResponseObject])[],
  operation: string,
): Success {
  const found = responses.filter(([status]) => /^2(\d\d|XX)$/.test(status))
  if (found.length === 0) throw new SpecError(`${operation}: responses`, 'there is no 2xx', 'Describe the success')
  const schemas = found.map(([status, { content }]) => {
    if (!content || Object.keys(content).length === 0) return undefined
    return onlyMedia(content, [json], `${operation}: response ${status}`)[1].schema
  })
  const types = schemas.map((schema, index) =>
    schema ? getTypeName(schema, `${operation}: response ${found[index]?.[0]}`) : 'undefined',
  )
  const unique = [...new Set(types)]
  return {
    schema: schemas.find(schema => schema),
    type: unique.join() === 'undefined' ? 'void' : unique.join(' | '),
    statuses: found.map(([status]) => status),
  }
}

function onlyMedia(
  content: { readonly [type: string]: MediaType },
  supported: readonly string[],
  where: string,
): [type: string, media: MediaType & { readonly schema: Schema }] {
  const entries = Object.entries(content)
  const [entry] = entries
  if (!entry || entries.length > 1) throw new SpecError(where, 'exactly one content type is supported', 'Leave one')
  const [type, { schema }] = entry
  if (!supported.includes(type)) throw new SpecError(where, `${type} is not supported`, `Use ${supported.join(' or ')}`)
  if (!schema) throw new SpecError(where, 'it has no schema', 'Add one')
  return [type, { ...entry[1], schema }]
}

/** Parts are texts or files: the runtime repeats a part for each item of an array, and knows no form for objects. */
function checkParts(document: Document, schema: Schema, where: string): void {
  const shape = getShape(document, schema)
  if (!shape) throw new SpecError(where, 'a form must have members', 'Use an object')
  for (const [name, member] of Object.entries(shape.properties)) {
    const target = resolve(document, member)
    const part = target.type === 'array' && target.items ? resolve(document, target.items) : target
    if (['string', 'integer', 'number', 'boolean'].includes(String(part.type))) continue
    throw new SpecError(`${where}/${name}`, 'a part must be a text, a number, a boolean or a file', 'Say its type')
  }
}
