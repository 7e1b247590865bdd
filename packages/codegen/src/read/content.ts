import { SpecError } from '../spec-error.ts'
import type { Document, Json, MediaType, RequestBodyObject, ResponseObject, Schema } from './document.ts'
import { firstExample } from './example.ts'
import { schemaName } from './resolve.ts'

export interface Body {
  readonly schema: Schema
  readonly type: string
  readonly required: boolean
  /** Sent as multipart/form-data. */
  readonly form: boolean
  readonly description: string | undefined
  readonly example: Json | undefined
}

/** What a call resolves to; without a schema, nothing. */
export interface Success {
  readonly schema: Schema | undefined
  readonly type: string
}

const json = 'application/json'
const form = 'multipart/form-data'

export function readBody(document: Document, body: RequestBodyObject, operation: string): Body {
  const where = `${operation}: requestBody`
  const [type, media] = onlyMedia(body.content ?? {}, [json, form], where)
  return {
    schema: media.schema,
    type: namedType(media.schema, where),
    required: body.required ?? false,
    form: type === form,
    description: body.description,
    example: firstExample(document, media),
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
    schema ? namedType(schema, `${operation}: response ${found[index]?.[0]}`) : 'undefined',
  )
  const unique = [...new Set(types)]
  return { schema: schemas.find(schema => schema), type: unique.join() === 'undefined' ? 'void' : unique.join(' | ') }
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

/** Bodies have names, so that hovers and error messages have them: a reference, or an array of one. */
function namedType(schema: Schema, where: string): string {
  const name = schemaName(schema)
  if (name) return name
  const item = schema.type === 'array' && schema.items && schemaName(schema.items)
  if (item) return `${item}[]`
  throw new SpecError(where, 'the schema has no name', 'Move it to components/schemas and refer to it')
}
