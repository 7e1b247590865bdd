import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import type { Bundle } from './bundle.ts'

/** An operation as Prism reads it from a spec. All references are resolved. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number]

const operationsByBundle = new WeakMap<Bundle, Promise<readonly Operation[]>>()

/** Returns the operations of a bundle. They are created only once, because Prism keeps a compiled schema for each schema object. */
export function loadOperations(bundle: Bundle): Promise<readonly Operation[]> {
  const known = operationsByBundle.get(bundle)
  if (known) return known
  const operations = createOperations(bundle)
  operationsByBundle.set(bundle, operations)
  return operations
}

async function createOperations(bundle: Bundle): Promise<readonly Operation[]> {
  // Prism changes the bundle when it resolves references, so this function passes a copy.
  const operations: Operation[] = await getHttpOperationsFromSpec(structuredClone(bundle))
  return operations.map(operation => {
    const { request } = operation
    if (!request?.query) return operation
    // In OpenAPI, `explode` defaults to true for the style `form` (one `name=value` per item). Prism defaults to false.
    const query = request.query.map(parameter => ({ explode: String(parameter.style) === 'form', ...parameter }))
    return { ...operation, request: { ...request, query } }
  })
}

/** An example body of a response. */
export interface Example {
  readonly name: string
  /** The code of the response that contains the example, as the spec writes this code: `404`, `4XX` or `default`. */
  readonly responseCode: string
  /** The status that is sent with the example. For a range, it is the lowest status. For `default`, it is 500. */
  readonly status: number
  readonly value: unknown
}

const toStatus = (responseCode: string): number =>
  responseCode === 'default' ? 500 : Number(responseCode.replace(/x/gi, '0'))

const examplesByOperation = new WeakMap<Operation, readonly Example[]>()

/** Returns all named examples of all responses, sorted by status. */
export function getExamples(operation: Operation): readonly Example[] {
  const known = examplesByOperation.get(operation)
  if (known) return known
  const examples: Example[] = []
  for (const response of operation.responses) {
    for (const content of response.contents ?? []) {
      for (const example of content.examples ?? []) {
        if (!('value' in example)) continue
        const { key: name, value } = example
        examples.push({ name, responseCode: response.code, status: toStatus(response.code), value })
      }
    }
  }
  examples.sort((a, b) => a.status - b.status)
  examplesByOperation.set(operation, examples)
  return examples
}

/** Whether a response documents a status. `responseCode` is its code in the spec: `404`, `4XX` or `default`. */
export const documentsStatus = (responseCode: string, status: number): boolean =>
  responseCode === 'default' || new RegExp(`^${responseCode.replace(/x/gi, '.')}$`).test(String(status))

/** The name of an operation in messages: its operation ID, otherwise method and path. */
export const getOperationName = (operation: Operation): string =>
  operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`
