import { formatPointerToken, resolveReference } from '@jobscope/specs'
import type { Content, Document, Parameter, SpecCall } from './document.ts'
import { flattenSchema, type SpecField } from './schema-fields.ts'

/** One operation of a spec, ready for the comparison. */
export interface SpecOperation {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly query: readonly SpecField[]
  readonly header: readonly SpecField[]
  readonly request: readonly SpecField[]
  /** Members of the bodies of successful responses. */
  readonly response: readonly SpecField[]
  /** Members of the bodies of error responses. */
  readonly error: readonly SpecField[]
  /** JSON Pointers to the schemas of the bodies. */
  readonly requestSchemas: readonly string[]
  readonly successSchemas: readonly string[]
  readonly errorSchemas: readonly string[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

export function readSpec(document: Document): SpecOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap(method => {
      const call = item[method] as SpecCall | undefined
      return call ? [toOperation(document, { path, method, call, shared: item.parameters ?? [] })] : []
    }),
  )
}

interface Call {
  readonly path: string
  readonly method: string
  readonly call: SpecCall
  readonly shared: readonly Parameter[]
}

function toOperation(document: Document, { path, method, call, shared }: Call): SpecOperation {
  const pointer = `/paths/${formatPointerToken(path)}/${method}`
  const parameters = [...shared, ...(call.parameters ?? [])].map(parameter => resolveReference(document, parameter))
  const parametersIn = (place: string) =>
    parameters
      .filter(parameter => parameter.in === place)
      .flatMap(({ name, schema }) => flattenSchema(document, { properties: { [name]: schema ?? {} } }))
  const statuses = Object.keys(call.responses)
  const success = statuses.filter(status => status.startsWith('2'))
  const errors = statuses.filter(status => !status.startsWith('2'))
  const bodiesOf = (listed: readonly string[]) =>
    readBodies(
      document,
      listed.map(status => call.responses[status]),
    )
  const schemasOf = (status: string) => listSchemas(document, `${pointer}/responses/${status}`, call.responses[status])
  return {
    operationId: call.operationId,
    method: method.toUpperCase(),
    path,
    query: parametersIn('query'),
    header: parametersIn('header'),
    request: readBodies(document, [call.requestBody]),
    response: bodiesOf(success),
    error: bodiesOf(errors),
    requestSchemas: listSchemas(document, `${pointer}/requestBody`, call.requestBody),
    successSchemas: success.flatMap(schemasOf),
    errorSchemas: errors.flatMap(schemasOf),
  }
}

function readBodies(document: Document, contents: readonly (Content | undefined)[]): SpecField[] {
  const schemas = contents.flatMap(content =>
    content
      ? Object.values(resolveReference(document, content).content ?? {}).flatMap(({ schema }) => schema ?? [])
      : [],
  )
  return flattenSchema(document, { allOf: schemas })
}

function listSchemas(document: Document, pointer: string, content: Content | undefined): string[] {
  if (!content) return []
  const base = content.$ref === undefined ? pointer : content.$ref.slice(1)
  const types = Object.entries(resolveReference(document, content).content ?? {})
  return types.filter(([, { schema }]) => schema).map(([type]) => `${base}/content/${formatPointerToken(type)}/schema`)
}
