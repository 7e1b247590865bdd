import { type Bundle, listOperations, type PathItem } from './bundle.ts'
import type { RequestExample } from './code-samples.ts'
import { getBodyExample, listParameters, type Parameter } from './request-example.ts'

/** An operation as the console needs it. The browser loads these operations as JSON. */
export interface ConsoleOperation {
  readonly operationId: string
  readonly summary: string
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: RequestExample
}

/** Returns all operations of a spec, with the examples of their parameters and bodies. */
export function listConsoleOperations(bundle: Bundle): ConsoleOperation[] {
  return listOperations(bundle).map(operation => {
    const { operationId, summary, tags, method, path } = operation
    const body = getBodyExample(bundle, operation)
    return {
      operationId,
      summary,
      tag: tags?.[0] ?? '',
      method: method.toUpperCase(),
      path,
      parameters: listParameters(bundle, bundle.paths[path] as PathItem, operation),
      ...(body ? { body } : {}),
    }
  })
}
