import type { ServiceName } from '@jobscope/specs'
import {
  type Document,
  documents,
  type OperationObject,
  type PageRule,
  type Parameter,
  type Schema,
} from './document.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']

/** An operation of a spec, with all that a test needs to call it and to know what should come back. */
export interface OperationCase {
  readonly service: ServiceName
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: BodyCase | undefined
  /** Ways to say who calls, by names of security schemes; an empty one: nobody has to. */
  readonly security: readonly (readonly string[])[]
  /** How the list is paged, if it is one with pages. */
  readonly page: PageRule | undefined
  readonly successes: readonly ExampleCase[]
  readonly failures: readonly ExampleCase[]
}

/** What an operation takes as a body. */
export interface BodyCase {
  readonly schema: Schema
  readonly required: boolean
  /** It is sent as multipart/form-data. */
  readonly form: boolean
  /** Bodies that fit. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[]
}

/** An example of a response. */
export interface ExampleCase {
  readonly name: string
  readonly status: number
  readonly value: unknown
}

/** Every operation of a spec. An operation that is added to the spec is here without a line being written. */
export function operationsOf(service: ServiceName, document: Document): OperationCase[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter(method => item[method] !== undefined).map(method =>
      operationOf(service, document, method, path, item[method] as OperationObject),
    ),
  )
}

/** Every operation of every spec. */
export const operations: readonly OperationCase[] = [...documents].flatMap(([service, document]) =>
  operationsOf(service, document),
)

function operationOf(
  service: ServiceName,
  { paths, security = [] }: Document,
  method: string,
  path: string,
  operation: OperationObject,
): OperationCase {
  const own = operation.parameters ?? []
  const shared = (paths[path]?.parameters ?? []).filter(
    p => !own.some(({ name, in: place }) => name === p.name && place === p.in),
  )
  const examples = examplesOf(operation)
  return {
    service,
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: [...shared, ...own],
    body: bodyOf(operation),
    security: (operation.security ?? security).map(way => Object.keys(way)),
    page: operation['x-pagination'],
    successes: examples.filter(({ status }) => status < 400),
    failures: examples.filter(({ status }) => status >= 400),
  }
}

function bodyOf({ requestBody }: OperationObject): BodyCase | undefined {
  if (!requestBody) return undefined
  const [[type, { schema = {}, examples = {} }] = ['', {}]] = Object.entries(requestBody.content)
  return {
    schema,
    required: requestBody.required ?? false,
    form: type === 'multipart/form-data',
    examples: Object.entries(examples).map(([name, { value }]) => ({ name, value })),
  }
}

/** A 2xx without content has no example to name, but is an answer all the same: `undefined`. */
function examplesOf({ responses }: OperationObject): ExampleCase[] {
  return Object.entries(responses).flatMap(([code, { content }]) => {
    const status = Number(code.replace(/x/gi, '0'))
    const bodies = Object.values(content ?? {})
    if (bodies.length === 0) return [{ name: '', status, value: undefined }]
    return bodies.flatMap(({ examples = {} }) =>
      Object.entries(examples).map(([name, { value }]) => ({ name, status, value })),
    )
  })
}

/** How an operation is called in the titles of tests. */
export const title = ({ service, id }: OperationCase): string => `${service}.${id}`
