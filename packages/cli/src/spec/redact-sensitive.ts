import {
  type Bundle,
  listOperations,
  type OperationObject,
  parsePointer,
  type RequestBodyObject,
  type ResponseObject,
  resolveReference,
  type Schema,
} from '@jobscope/specs'
import { collectSchemas } from './combined-schemas.ts'
import type { Kind } from './kinds.ts'

/** Replaces all values of a job that the spec marks with `x-sensitive`, for example the token of a notebook. */
export function redactJob({ document, operations: { get } }: Kind, raw: unknown): unknown {
  const body = findResponseSchema(document, get.operation)
  const place = parsePointer(get.at).reduce<Schema | undefined>(
    (schema, name) => getMember(document, schema, name),
    body,
  )
  const schema = get.find ? getItems(document, place) : place
  return redactSensitive(document, schema, raw)
}

/** Replaces all values of a response that the spec marks with `x-sensitive`. */
export const redactResponse = (document: Bundle, operationId: string, response: unknown): unknown =>
  redactSensitive(document, findResponseSchema(document, operationId), response)

/** Replaces all values of a request body that the spec marks with `x-sensitive`. */
export function redactRequest({ document }: Pick<Kind, 'document'>, operationId: string, body: unknown): unknown {
  const request = findOperationObject(document, operationId)?.requestBody
  const { content } = request ? resolveReference<RequestBodyObject>(document, request) : {}
  return redactSensitive(document, Object.values(content ?? {})[0]?.schema, body)
}

function redactSensitive(document: Bundle, schema: Schema | undefined, value: unknown): unknown {
  if (schema === undefined) return value
  if (collectSchemas(document, schema).some(part => part['x-sensitive'] === true)) return 'REDACTED'
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => redactSensitive(document, getItems(document, schema), item))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      redactSensitive(document, getMember(document, schema, name), member),
    ]),
  )
}

const findOperationObject = (document: Bundle, operationId: string): OperationObject | undefined =>
  listOperations(document).find(({ operation }) => operation.operationId === operationId)?.operation

function findResponseSchema(document: Bundle, operationId: string): Schema | undefined {
  const [, success] =
    Object.entries(findOperationObject(document, operationId)?.responses ?? {}).find(([status]) =>
      status.startsWith('2'),
    ) ?? []
  const response = success && resolveReference<ResponseObject>(document, success)
  return Object.values(response?.content ?? {})[0]?.schema
}

const getItems = (document: Bundle, schema: Schema | undefined): Schema | undefined =>
  schema && collectSchemas(document, schema).find(({ items }) => items)?.items

function getMember(document: Bundle, schema: Schema | undefined, name: string): Schema | undefined {
  const parts = schema ? collectSchemas(document, schema) : []
  for (const { properties } of parts) {
    if (properties && Object.hasOwn(properties, name)) return properties[name]
  }
  const others = parts.find(({ additionalProperties }) => typeof additionalProperties === 'object')
  return others?.additionalProperties as Schema | undefined
}
