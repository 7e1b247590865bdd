import { SpecError } from '../spec-error.ts'
import type { ClientParameters } from './client-parameters.ts'
import type { Document, Json, ParameterObject, Reference, Schema } from './document.ts'
import { getExamples } from './example.ts'
import { resolve } from './resolve.ts'

/** A parameter of an operation. Path and query parameters become arguments. Header parameters appear only in the documentation. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string | undefined
  readonly deprecated: boolean
  /** The schema or a reference to it. */
  readonly schema: Schema
  readonly example: Json | undefined
  /** Whether the client can fill in the parameter. If so, the parameter is optional for the caller. */
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

/**
 * Throws if core cannot serialize the parameter. Core supports only the default styles of OpenAPI. It does not support objects, and it
 * supports arrays only in the query.
 */
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
