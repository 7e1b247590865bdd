import { SpecError } from '../spec-error.ts'
import type { ClientParameters } from './client-parameters.ts'
import { type Body, readBody, readSuccess, type Success } from './content.ts'
import type { Document, JsonObject, OperationObject, PathItem, RequestBodyObject, ResponseObject } from './document.ts'
import { readPageRule } from './page-rule.ts'
import { type Parameter, readParameter } from './parameter.ts'
import { resolve } from './resolve.ts'

export interface Operation {
  readonly id: string
  /** `GET /v2.0/{project_id}/batches/{batch_id}` */
  readonly route: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  /** Source of the operation's description, for the doc comment. */
  readonly source: string | undefined
  /** Arguments in this order: path parameters in the order of the path, query parameters, parameters that the client can fill in. */
  readonly parameters: readonly Parameter[]
  readonly headers: readonly Parameter[]
  readonly body: Body | undefined
  readonly success: Success
  /** Documented statuses of error responses. */
  readonly failures: readonly string[]
  /** The `OperationFlags` of core that differ from the default. `form` is missing, because it is a function. */
  readonly flags: JsonObject
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const
const otherKeys = ['parameters', 'summary', 'description']

export function readOperations(document: Document, fromClient: ClientParameters): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) => {
    for (const name of Object.keys(item)) {
      if (!methods.some(method => method === name) && !otherKeys.includes(name) && !name.startsWith('x-')) {
        throw new SpecError(path, `'${name}' is not supported`, `Use ${methods.join(', ')}`)
      }
    }
    return methods.filter(method => item[method]).map(method => readOperation(document, fromClient, path, item, method))
  })
  const ids = operations.map(operation => operation.id)
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index)
  if (duplicate) throw new SpecError(duplicate, 'two operations have this operationId', 'Rename one')
  return operations
}

function readOperation(
  document: Document,
  fromClient: ClientParameters,
  path: string,
  item: PathItem,
  method: (typeof methods)[number],
): Operation {
  const found = item[method] as OperationObject
  const route = `${method.toUpperCase()} ${path}`
  const id = found.operationId
  if (!id) throw new SpecError(route, 'operationId is missing', 'Name the operation, as in getJob')
  if (!/^[a-z][A-Za-z0-9]*$/.test(id) || id === 'http') {
    throw new SpecError(
      route,
      `'${id}' cannot be a method of the client`,
      'Use a camelCase verb and noun, as in getJob',
    )
  }
  for (const name of ['callbacks', 'servers'] as const) {
    if (found[name]) throw new SpecError(id, `'${name}' of an operation is not supported`, 'Remove it')
  }
  const all = readParameters(document, fromClient, item, found, id)
  checkNames(all, path, id)
  const parameters = all.filter(parameter => parameter.in !== 'header')
  const body = found.requestBody && readBody(document, resolve<RequestBodyObject>(document, found.requestBody), id)
  const responses = Object.entries(found.responses ?? {}).map(
    ([status, response]) => [status, resolve<ResponseObject>(document, response)] as const,
  )
  const success = readSuccess(responses, id)
  return {
    id,
    route,
    summary: found.summary,
    description: found.description,
    deprecated: found.deprecated ?? false,
    source: sourceOf(found),
    parameters: orderParameters(parameters, path),
    headers: all.filter(parameter => parameter.in === 'header'),
    body,
    success,
    failures: responses.map(([status]) => status).filter(status => /^[45]/.test(status)),
    flags: {
      ...readFlags(document, found, id, method, parameters, body),
      ...(success.empty && { empty: success.empty }),
    },
  }
}

/** Returns the parameters of the path and of the operation. Parameters of the operation override parameters of the path. */
function readParameters(
  document: Document,
  fromClient: ClientParameters,
  item: PathItem,
  operation: OperationObject,
  id: string,
): Parameter[] {
  const byName = new Map<string, Parameter>()
  for (const value of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = readParameter(document, value, id, fromClient)
    byName.set(`${parameter.in} ${parameter.name}`, parameter)
  }
  return [...byName.values()]
}

/** Arguments are flat, so each name must be unique, and `body` is reserved for the request body. */
function checkNames(parameters: readonly Parameter[], path: string, id: string): void {
  const inPath = namesInPath(path)
  const declared = new Set(parameters.filter(parameter => parameter.in === 'path').map(parameter => parameter.name))
  for (const name of inPath)
    if (!declared.has(name)) throw new SpecError(id, `path parameter '${name}' is not declared`, 'Declare it')
  for (const name of declared)
    if (!inPath.includes(name)) throw new SpecError(id, `path parameter '${name}' is not in ${path}`, 'Remove it')
  for (const { name, in: place } of parameters) {
    if (place === 'header') continue
    if (place === 'query' && declared.has(name)) {
      throw new SpecError(
        id,
        `'${name}' is both a path and a query parameter`,
        'Rename the path parameter, because arguments are flat',
      )
    }
    if (name === 'body')
      throw new SpecError(
        id,
        `a ${place} parameter has the name 'body', which is reserved for the request body`,
        'Rename it',
      )
  }
}

function orderParameters(parameters: readonly Parameter[], path: string): Parameter[] {
  const names = namesInPath(path)
  const rank = (parameter: Parameter) => {
    if (parameter.fromClient) return names.length + 1
    return parameter.in === 'path' ? names.indexOf(parameter.name) : names.length
  }
  return parameters.toSorted((a, b) => rank(a) - rank(b))
}

function namesInPath(path: string): string[] {
  return [...path.matchAll(/\{(.+?)\}/g)].map(match => match[1] as string)
}

function readFlags(
  document: Document,
  operation: OperationObject,
  id: string,
  method: string,
  parameters: readonly Parameter[],
  body: Body | undefined,
): JsonObject {
  const { 'x-retry': retry, 'x-pagination': pagination } = operation
  const usual = method === 'get' || method === 'head' ? 'safe' : 'unprocessed'
  const query = new Map(
    parameters.filter(({ in: place }) => place === 'query').map(({ name, schema }) => [name, schema]),
  )
  return {
    ...(retry !== undefined && retry !== usual && { retry }),
    ...(pagination !== undefined && {
      page: readPageRule(document, pagination, id, query, body?.schema),
    }),
  }
}

function sourceOf({ 'x-provenance': provenance }: OperationObject): string | undefined {
  if (!provenance) return undefined
  const { source, page, checked } = provenance
  // The page of a document identifies the source by its name. For an SDK or an example, the kind of the source is added.
  const kind = source === 'sdk' || source === 'example' ? ` (${source})` : ''
  return [`Source${kind}: ${page ?? source}`, checked && `checked ${checked}`].filter(part => part).join(', ')
}
