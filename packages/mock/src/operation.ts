import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import type { Bundle } from './bundle.ts'

/** An operation as Prism sees it: all references resolved. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number]

export async function loadOperations(bundle: Bundle): Promise<readonly Operation[]> {
  // Prism resolves references in place, hence a copy.
  const operations: Operation[] = await getHttpOperationsFromSpec(structuredClone(bundle))
  return operations.map(operation => {
    const { request } = operation
    if (!request?.query) return operation
    // OpenAPI's default for forms is one `name=value` per item; Prism takes a missing `explode` for false.
    const query = request.query.map(parameter => ({ explode: String(parameter.style) === 'form', ...parameter }))
    return { ...operation, request: { ...request, query } }
  })
}

/** An example body of a response. */
export interface Example {
  readonly name: string
  /** The response it stands under, as the spec writes it: `404`, `4XX` or `default`. */
  readonly under: string
  /** Status it is sent with if none is asked for: of a range the first one. */
  readonly status: number
  readonly value: unknown
}

/** The status a response is documented under, as a number one can send. */
const statusOf = (code: string): number => {
  if (code === 'default') return 500
  return Number(code.replace(/x/gi, '0'))
}

const examplesByOperation = new WeakMap<Operation, readonly Example[]>()

/** Every named example of every response, successes first. */
export function examplesOf(operation: Operation): readonly Example[] {
  const known = examplesByOperation.get(operation)
  if (known) return known
  const examples: Example[] = []
  for (const response of operation.responses) {
    for (const content of response.contents ?? []) {
      for (const example of content.examples ?? []) {
        if (!('value' in example)) continue
        const { key: name, value } = example
        examples.push({ name, under: response.code, status: statusOf(response.code), value })
      }
    }
  }
  examples.sort((a, b) => a.status - b.status)
  examplesByOperation.set(operation, examples)
  return examples
}

/** Whether the response that the spec writes as `code` stands for `status`. */
export const covers = (code: string, status: number): boolean =>
  code === 'default' || new RegExp(`^${code.replace(/x/gi, '.')}$`).test(String(status))

/** How an operation is called in messages. */
export const title = (operation: Operation): string =>
  operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`
