import type { ConsoleOperation } from '../lib/console-operations.ts'

/** The values that the user entered. A value that is `undefined` is not sent. */
export interface ConsoleInput {
  readonly origin: string
  readonly token: string
  readonly values: Readonly<Record<string, string | undefined>>
  readonly body?: string
}

export interface ConsoleRequest {
  readonly url: string
  readonly init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string | FormData
  }
}

/**
 * Builds the request of an operation. A query parameter can be a list. In the form, its values are separated by commas. In the URL, the
 * parameter is repeated for each value.
 */
export function buildRequest(
  operation: ConsoleOperation,
  { origin, token, values, body }: ConsoleInput,
): ConsoleRequest {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const url = new URL(origin + path)
  const headers: Record<string, string> = { 'X-Auth-Token': token }
  for (const { name, in: location, example } of operation.parameters) {
    const value = values[name]
    if (value === undefined || location === 'path') continue
    const all = Array.isArray(example) ? value.split(',') : [value]
    if (location === 'query') for (const each of all) url.searchParams.append(name, each)
    if (location === 'header') headers[name] = value
  }
  const { method } = operation
  if (!operation.body || body === undefined) return { url: url.href, init: { method, headers } }
  if ('json' in operation.body) {
    return { url: url.href, init: { method, headers: { ...headers, 'Content-Type': 'application/json' }, body } }
  }
  const form = new FormData()
  const parts = JSON.parse(body) as Record<string, string | string[]>
  for (const [name, value] of Object.entries(parts)) {
    const isFile = operation.body.parts.some(part => part.name === name && part.file)
    for (const each of [value].flat()) form.append(name, isFile ? new File([each], name) : each)
  }
  return { url: url.href, init: { method, headers, body: form } }
}

/** Returns the text that the form shows for the body: the JSON, or the parts of a multipart form as an object. */
export function formatBody(body: NonNullable<ConsoleOperation['body']>): string {
  if ('json' in body) return JSON.stringify(body.json, null, 2)
  const parts: Record<string, string | string[]> = {}
  for (const { name, value } of body.parts) {
    const before = parts[name]
    parts[name] = before === undefined ? value : [before, value].flat()
  }
  return JSON.stringify(parts, null, 2)
}
