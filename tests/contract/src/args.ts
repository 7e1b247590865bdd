import { toFormData } from '@jobscope/core/internal'
import type { Parameter, Schema } from './document.ts'
import { type Args, replaceFiles } from './files.ts'
import type { ExampleCase, OperationCase } from './operations.ts'
import { collectProperties } from './schema.ts'

export const getExample = ({ example, examples }: Parameter): unknown =>
  example ?? Object.values(examples ?? {})[0]?.value

/** Returns the arguments of a call: the example of each parameter, and `body`. The default is the first example of the operation's body. */
export function createArgs(operation: OperationCase, body?: unknown): Args {
  const { body: plainBody, ...args } = createPlainArgs(operation, body)
  return { ...args, ...(operation.body && { body: addFiles(operation, plainBody) }) }
}

/** Like `createArgs`, but with strings in place of the files of a form. */
export function createPlainArgs(operation: OperationCase, body = operation.body?.examples[0]?.value): Args {
  const chosen = operation.parameters.filter(({ in: place }) => place === 'path' || place === 'query')
  return {
    ...Object.fromEntries(chosen.map(parameter => [parameter.name, getExample(parameter)])),
    ...(operation.body && { body }),
  }
}

/** The required arguments of a call, except those path parameters that the client fills in from its options. */
export function createRequiredArgs(operation: OperationCase, getClientParameters: readonly string[]): Args {
  const { body, ...args } = createArgs(operation)
  const isFilledIn = ({ in: place, name }: Parameter) => place === 'path' && getClientParameters.includes(name)
  const required = operation.parameters.filter(parameter => parameter.required && !isFilledIn(parameter))
  return {
    ...Object.fromEntries(required.flatMap(({ name }) => (name in args ? [[name, args[name]]] : []))),
    ...(operation.body?.required && { body }),
  }
}

/** The arguments in the form that openapi-fetch expects. */
export function createFetchInit(
  operation: OperationCase,
  bodyExample?: unknown,
): { params: { path: Args; query: Args }; body?: unknown } {
  const { body, ...args } = createArgs(operation, bodyExample)
  const pick = (place: string): Args =>
    Object.fromEntries(operation.parameters.filter(p => p.in === place).map(({ name }) => [name, args[name]]))
  return {
    params: { path: pick('path'), query: pick('query') },
    ...(operation.body && { body: operation.body.form ? toFormData(body as object) : body }),
  }
}

/**
 * The required headers of a call, and a `Prefer` header that names the example that the mock returns. By default, this is the first
 * example of a success.
 */
export function createHeaders(
  { parameters, successes }: OperationCase,
  example: Pick<ExampleCase, 'name' | 'status'> | undefined = successes[0],
): Record<string, string> {
  const headers = parameters.filter(p => p.in === 'header' && p.required)
  return {
    ...Object.fromEntries(headers.map(parameter => [parameter.name, String(getExample(parameter))])),
    ...(example && { Prefer: example.name ? `example="${example.name}"` : `code=${example.status}` }),
  }
}

/** The names of the form fields that are files. The examples contain strings instead of files. */
export function listFileFields({ body }: OperationCase): string[] {
  if (!body?.form) return []
  const isFile = (schema: Schema) => schema.format === 'binary' || schema.items?.format === 'binary'
  return Object.entries(collectProperties(body.schema)).flatMap(([name, schema]) => (isFile(schema) ? [name] : []))
}

function addFiles(operation: OperationCase, body: unknown): unknown {
  const files = listFileFields(operation)
  return files.length > 0 ? replaceFiles(body as Args, files) : body
}
