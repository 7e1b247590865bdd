import type { ServiceName } from '@jobscope/specs'
import { type Document, documents, type OperationObject, type Parameter, type PathItem } from './document.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']

/** An operation of a spec, with all that a test needs to call it and to know what should come back. */
export interface OperationCase {
  readonly service: ServiceName
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** A body that fits, where the operation takes one. */
  readonly body?: unknown
  /** Required properties of that body. */
  readonly bodyRequires: readonly string[]
  readonly successes: readonly ExampleCase[]
  readonly failures: readonly ExampleCase[]
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
      operationOf(service, method, path, item, item[method] as OperationObject),
    ),
  )
}

/** Every operation of every spec. */
export const operations: readonly OperationCase[] = [...documents].flatMap(([service, document]) =>
  operationsOf(service, document),
)

function operationOf(
  service: ServiceName,
  method: string,
  path: string,
  item: PathItem,
  operation: OperationObject,
): OperationCase {
  const own = operation.parameters ?? []
  const shared = (item.parameters ?? []).filter(
    p => !own.some(({ name, in: place }) => name === p.name && place === p.in),
  )
  const request = Object.values(operation.requestBody?.content ?? {})[0]
  const body = request?.example ?? Object.values(request?.examples ?? {})[0]?.value
  const examples = examplesOf(operation)
  return {
    service,
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: [...shared, ...own],
    ...(body !== undefined && { body }),
    bodyRequires: request?.schema?.required ?? [],
    successes: examples.filter(({ status }) => status < 400),
    failures: examples.filter(({ status }) => status >= 400),
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
