import type { Pagination, ServiceName } from '@jobscope/specs'
import { type Document, documents, type OperationObject, type Parameter, type Schema } from './document.ts'

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']

/** An operation of a spec, with all data that a test uses to call it and to check the result. */
export interface OperationCase {
  readonly service: ServiceName
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: BodyCase | undefined
  /** Alternative combinations of security schemes. An empty combination means that the operation is public. */
  readonly security: readonly (readonly string[])[]
  /** The pagination rule, if the operation returns pages. */
  readonly page: Pagination | undefined
  readonly successes: readonly ExampleCase[]
  readonly failures: readonly ExampleCase[]
}

/** The request body of an operation. */
export interface BodyCase {
  readonly schema: Schema
  readonly required: boolean
  /** Whether the body is sent as multipart/form-data. */
  readonly form: boolean
  /** Valid bodies. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[]
}

/** An example of a response. */
export interface ExampleCase {
  readonly name: string
  readonly status: number
  readonly value: unknown
}

/** Lists every operation of a spec. So if a spec has a new operation, the tests cover the operation without a change in this package. */
export function listOperations(service: ServiceName, document: Document): OperationCase[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter(method => item[method] !== undefined)
      .map(method => readOperation(service, document, method, path, item[method] as OperationObject)),
  )
}

/** Every operation of every spec. */
export const operations: readonly OperationCase[] = [...documents].flatMap(([service, document]) =>
  listOperations(service, document),
)

function readOperation(
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
  const examples = listExamples(operation)
  return {
    service,
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: [...shared, ...own],
    body: readBody(operation),
    security: (operation.security ?? security).map(schemes => Object.keys(schemes)),
    page: operation['x-pagination'],
    successes: examples.filter(({ status }) => status < 400),
    failures: examples.filter(({ status }) => status >= 400),
  }
}

function readBody({ requestBody }: OperationObject): BodyCase | undefined {
  if (!requestBody) return undefined
  const [[type, { schema = {}, examples = {} }] = ['', {}]] = Object.entries(requestBody.content)
  return {
    schema,
    required: requestBody.required ?? false,
    form: type === 'multipart/form-data',
    examples: Object.entries(examples).map(([name, { value }]) => ({ name, value })),
  }
}

/** Lists the examples of all responses. A response without content has no example, so the list contains the value undefined for it. */
function listExamples({ responses }: OperationObject): ExampleCase[] {
  return Object.entries(responses).flatMap(([code, { content }]) => {
    const status = Number(code.replace(/x/gi, '0'))
    const bodies = Object.values(content ?? {})
    if (bodies.length === 0) return [{ name: '', status, value: undefined }]
    return bodies.flatMap(({ examples = {} }) =>
      Object.entries(examples).map(([name, { value }]) => ({ name, status, value })),
    )
  })
}

/** The name of an operation in the titles of tests. */
export const formatTitle = ({ service, id }: OperationCase): string => `${service}.${id}`
