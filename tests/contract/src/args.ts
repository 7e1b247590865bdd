import { formData } from '@jobscope/core'
import type { Parameter, Schema } from './document.ts'
import { type Args, asFiles } from './files.ts'
import type { ExampleCase, OperationCase } from './operations.ts'
import { propertiesOf } from './schema.ts'

export const exampleOf = ({ example, examples }: Parameter): unknown =>
  example ?? Object.values(examples ?? {})[0]?.value

/** Arguments made of the examples of the parameters and a body, by default the first of the spec's. */
export function argsOf(operation: OperationCase, body?: unknown): Args {
  const { body: given, ...args } = plainArgsOf(operation, body)
  return { ...args, ...(operation.body && { body: withFiles(operation, given) }) }
}

/** The same with texts for the files of a form. */
export function plainArgsOf(operation: OperationCase, body = operation.body?.examples[0]?.value): Args {
  const chosen = operation.parameters.filter(({ in: place }) => place === 'path' || place === 'query')
  return {
    ...Object.fromEntries(chosen.map(parameter => [parameter.name, exampleOf(parameter)])),
    ...(operation.body && { body }),
  }
}

/** The arguments that a call cannot do without: what the client knows by itself is left to it. */
export function requiredArgsOf(operation: OperationCase, known: readonly string[]): Args {
  const { body, ...args } = argsOf(operation)
  const left = (parameter: Parameter) => parameter.in === 'path' && known.includes(parameter.name)
  const required = operation.parameters.filter(parameter => parameter.required && !left(parameter))
  return {
    ...Object.fromEntries(required.flatMap(({ name }) => (name in args ? [[name, args[name]]] : []))),
    ...(operation.body?.required && { body }),
  }
}

/** The arguments as openapi-fetch takes them. */
export function initOf(
  operation: OperationCase,
  bodyExample?: unknown,
): { params: { path: Args; query: Args }; body?: unknown } {
  const { body, ...args } = argsOf(operation, bodyExample)
  const of = (place: string): Args =>
    Object.fromEntries(operation.parameters.filter(p => p.in === place).map(({ name }) => [name, args[name]]))
  return {
    params: { path: of('path'), query: of('query') },
    ...(operation.body && { body: operation.body.form ? formData(body as object) : body }),
  }
}

/** Header parameters that a call must carry, and which answer the mock shall give: by default the first success. */
export function headersOf(
  { parameters, successes }: OperationCase,
  example: Pick<ExampleCase, 'name' | 'status'> | undefined = successes[0],
): Record<string, string> {
  const headers = parameters.filter(p => p.in === 'header' && p.required)
  return {
    ...Object.fromEntries(headers.map(parameter => [parameter.name, String(exampleOf(parameter))])),
    ...(example && { Prefer: example.name ? `example="${example.name}"` : `code=${example.status}` }),
  }
}

/** The members of a form that are files, whatever text stands for them in an example. */
export function filesOf({ body }: OperationCase): string[] {
  if (!body?.form) return []
  const isFile = (schema: Schema) => schema.format === 'binary' || schema.items?.format === 'binary'
  return Object.entries(propertiesOf(body.schema)).flatMap(([name, schema]) => (isFile(schema) ? [name] : []))
}

function withFiles(operation: OperationCase, body: unknown): unknown {
  const files = filesOf(operation)
  return files.length > 0 ? asFiles(body as Args, files) : body
}
