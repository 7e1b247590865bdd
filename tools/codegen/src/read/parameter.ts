import { SpecError } from '../spec-error.ts'
import type { ClientParameters } from './client-parameters.ts'
import type { Document, Json, ParameterObject, Reference, Schema } from './document.ts'
import { getExamples } from './example.ts'
import { resolve } from './resolve.ts'

/** A parameter that becomes an argument (`path`, `query`) or is only documented (`header`). */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string | undefined
  readonly deprecated: boolean
  /** The schema or a reference to it. */
  readonly schema: Schema
  readonly example: Json | undefined
  /** The client can fill it in, so it is optional for the caller. */
  readonly fromClient: boolean
}

export function readParameter(
  document: Document,
  value: ParameterObject | Reference,
  operation: string,
  fromClient: ClientParameters,
): Parameter {
  const found = resolve<ParameterObject>(document, value)
  const where = `${operation}: ${found.in} parameter '${found.name}'`
  const place = found.in
  if (place !== 'path' && place !== 'query' && place !== 'header') {
    throw new SpecError(where, `parameters in '${place}' are not supported`, 'Use path, query or header')
  }
  if (!found.schema || found.content)
    throw new SpecError(where, 'the schema is missing', 'Use schema instead of content')
  checkStyle(document, found, found.schema, where)
  return {
    name: found.name,
    in: place,
    required: found.required ?? false,
    description: found.description,
    deprecated: found.deprecated ?? false,
    schema: found.schema,
    example: getExamples(document, found)[0] ?? found.schema.examples?.[0],
    fromClient: place === 'path' && fromClient[found.name] !== undefined,
  }
}

/** Throws for a parameter that core cannot serialize: styles other than OpenAPI's default, objects, and arrays outside of the query. */
function checkStyle(
  document: Document,
  { style, explode, allowReserved, in: place }: ParameterObject,
  schema: Schema,
  where: string,
): void {
  const usual = place === 'query' ? 'form' : 'simple'
  if (style !== undefined && style !== usual)
    throw new SpecError(where, `the style '${style}' is not supported`, `Use ${usual}`)
  if (explode !== undefined && explode !== (place === 'query'))
    throw new SpecError(where, `explode: ${explode} is not supported`, 'Remove it')
  if (allowReserved) throw new SpecError(where, 'allowReserved is not supported', 'Remove it')
  const { type } = resolve(document, schema)
  const types = Array.isArray(type) ? type : [type]
  if (types.includes('object'))
    throw new SpecError(where, 'objects are not supported', 'Use one parameter per property')
  if (types.includes('array') && place !== 'query')
    throw new SpecError(where, `arrays in '${place}' are not supported`, 'Use a string')
}
