import type { Parameter } from './document.ts'
import type { OperationCase } from './operations.ts'

/** The arguments of a client method: parameters flat, the body under `body`. */
export type Args = { readonly [name: string]: unknown }

const exampleOf = ({ example, examples }: Parameter): unknown => example ?? Object.values(examples ?? {})[0]?.value

/** Arguments made of the examples of the parameters: all of them, or only those that are required. */
export function argsOf({ parameters, body }: OperationCase, which: 'all' | 'required'): Args {
  const chosen = parameters.filter(p => p.in !== 'header' && p.in !== 'cookie' && (which === 'all' || p.required))
  return {
    ...Object.fromEntries(chosen.map(parameter => [parameter.name, exampleOf(parameter)])),
    ...(body !== undefined && { body }),
  }
}

/** The same as openapi-fetch takes them. */
export function initOf(operation: OperationCase): { params: { path: Args; query: Args }; body?: unknown } {
  const { body, ...args } = argsOf(operation, 'all')
  const of = (place: string): Args =>
    Object.fromEntries(operation.parameters.filter(p => p.in === place).map(({ name }) => [name, args[name]]))
  return { params: { path: of('path'), query: of('query') }, ...(body !== undefined && { body }) }
}

/** Header parameters that a call must carry. */
export function headersOf({ parameters }: OperationCase): Record<string, string> {
  const headers = parameters.filter(p => p.in === 'header' && p.required)
  return Object.fromEntries(headers.map(parameter => [parameter.name, String(exampleOf(parameter))]))
}
