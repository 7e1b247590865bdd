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

/** The result of a call. Without a schema, the call has no result. */
export interface Success {
  readonly schema: Schema | undefined
  readonly type: string
  /** The documented 2xx statuses. */
  readonly statuses: readonly string[]
  /** `true` if no 2xx response has a body, or the only status without a body. */
  readonly empty: true | number | undefined
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

/** Reads the 2xx responses. If the responses have different types, the result is a union of these types. */
export function readSuccess(
  responses: readonly (readonly [status: string, response: ResponseObject])[],
  operation: string,
): Success {
  const found = responses.filter(([status]) => /^2(\d\d|XX)$/.test(status))
  if (found.length === 0) throw new SpecError(`${operation}: responses`, 'no 2xx response is declared', 'Add one')
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
    empty: readEmpty(
      found.filter((_, index) => !schemas[index]).map(([status]) => status),
      found.length,
    ),
  }
}

/** Several statuses without a body beside one with a body do not occur. They would count as responses that need no body. */
function readEmpty([status, ...others]: readonly string[], count: number): true | number | undefined {
  if (status === undefined) return undefined
  return others.length + 1 === count || others.length > 0 ? true : Number(status)
}

function onlyMedia(
  content: { readonly [type: string]: MediaType },
  supported: readonly string[],
  where: string,
): [type: string, media: MediaType & { readonly schema: Schema }] {
  const entries = Object.entries(content)
  const [entry] = entries
  if (!entry || entries.length > 1) throw new SpecError(where, 'exactly one content type is supported', 'Keep only one')
  const [type, { schema }] = entry
  if (!supported.includes(type)) throw new SpecError(where, `${type} is not supported`, `Use ${supported.join(' or ')}`)
  if (!schema) throw new SpecError(where, 'the schema is missing', 'Add one')
  return [type, { ...entry[1], schema }]
}

/** Throws if a part of a form is an object, because core does not support objects. For an array, core sends one part per item. */
function checkParts(document: Document, schema: Schema, where: string): void {
  const shape = getShape(document, schema)
  if (!shape) throw new SpecError(where, 'a form must have properties', 'Use an object')
  for (const [name, member] of Object.entries(shape.properties)) {
    const target = resolve(document, member)
    const part = target.type === 'array' && target.items ? resolve(document, target.items) : target
    if (['string', 'integer', 'number', 'boolean'].includes(String(part.type))) continue
    throw new SpecError(`${where}/${name}`, 'a part must be a string, a number, a boolean or a file', 'Change its type')
  }
}
