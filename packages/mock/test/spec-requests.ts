import type { Bundle } from '../src/bundle.ts'
import type { Operation } from '../src/operation.ts'

/** Requests that fit a spec, made of its examples: nothing here knows a service. */

type Examples = { readonly examples?: readonly object[] } | undefined

export const exampleOf = (holder: Examples): unknown =>
  (holder?.examples?.[0] as { value?: unknown } | undefined)?.value

/** Values instead of those of the examples, by parameter name; `body` instead of the body. */
export interface Given {
  readonly [name: string]: unknown
}

export function requestOf(
  url: string,
  { method, path, request = {} }: Operation,
  given: Given = {},
  headers: Record<string, string> = {},
): Request {
  const chosen = (parameter: { readonly name: string } & NonNullable<Examples>): unknown =>
    given[parameter.name] ?? exampleOf(parameter)
  const fill = (template: string, parameter: { readonly name: string } & NonNullable<Examples>): string =>
    template.replace(`{${parameter.name}}`, encodeURIComponent(String(chosen(parameter))))
  const query = new URLSearchParams(
    (request.query ?? [])
      .filter(parameter => parameter.required || given[parameter.name] !== undefined)
      .flatMap(parameter => [chosen(parameter)].flat().map(value => [parameter.name, String(value)])),
  )
  const content = request.body?.contents?.[0]
  const body = content && bodyOf(content.mediaType, given['body'] ?? exampleOf(content))
  return new Request(`${url}${(request.path ?? []).reduce(fill, path)}?${query}`, {
    method: method.toUpperCase(),
    // A form says its type itself, with the boundary.
    headers: {
      'X-Auth-Token': 't',
      ...headers,
      ...(typeof body === 'string' && content && { 'Content-Type': content.mediaType }),
    },
    body: body ?? null,
  })
}

function bodyOf(mediaType: string, value: unknown): string | FormData {
  if (!mediaType.includes('form-data')) return JSON.stringify(value)
  const form = new FormData()
  for (const [name, field] of Object.entries(value as object)) form.set(name, String(field))
  return form
}

/** The bundle with every example broken. */
export const brokenBundle = (bundle: Bundle): Bundle => {
  const examples = Object.keys(bundle.components?.examples ?? {}).map(name => [name, { value: 7 }])
  return { ...bundle, components: { ...bundle.components, examples: Object.fromEntries(examples) } }
}
