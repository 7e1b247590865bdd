import type { Bundle } from '../src/bundle.ts'
import type { Operation } from '../src/operation.ts'

/** Creates valid requests from the examples of a spec. Nothing here depends on a service. */

type Examples = { readonly examples?: readonly object[] } | undefined

export const getExample = (holder: Examples): unknown =>
  (holder?.examples?.[0] as { value?: unknown } | undefined)?.value

/** Replacements for example values, by parameter name. `body` replaces the body. */
export interface RequestValues {
  readonly [name: string]: unknown
}

export function createRequest(
  url: string,
  { method, path, request = {} }: Operation,
  values: RequestValues = {},
  headers: Record<string, string> = {},
): Request {
  const getValue = (parameter: { readonly name: string } & NonNullable<Examples>): unknown =>
    values[parameter.name] ?? getExample(parameter)
  const fill = (template: string, parameter: { readonly name: string } & NonNullable<Examples>): string =>
    template.replace(`{${parameter.name}}`, encodeURIComponent(String(getValue(parameter))))
  const query = new URLSearchParams(
    (request.query ?? [])
      .filter(parameter => parameter.required || values[parameter.name] !== undefined)
      .flatMap(parameter => [getValue(parameter)].flat().map(value => [parameter.name, String(value)])),
  )
  const content = request.body?.contents?.[0]
  const body = content && createBody(content.mediaType, values['body'] ?? getExample(content))
  return new Request(`${url}${(request.path ?? []).reduce(fill, path)}?${query}`, {
    method: method.toUpperCase(),
    // For a FormData body, `Request` sets the Content-Type itself, because this header contains the boundary.
    headers: {
      'X-Auth-Token': 't',
      ...headers,
      ...(typeof body === 'string' && content && { 'Content-Type': content.mediaType }),
    },
    body: body ?? null,
  })
}

function createBody(mediaType: string, value: unknown): string | FormData {
  if (!mediaType.includes('form-data')) return JSON.stringify(value)
  const form = new FormData()
  for (const [name, field] of Object.entries(value as object)) form.set(name, String(field))
  return form
}

/** Copies a bundle with every example replaced by an invalid one. */
export const breakExamples = (bundle: Bundle): Bundle => {
  const examples = Object.keys(bundle.components?.examples ?? {}).map(name => [name, { value: 7 }])
  return { ...bundle, components: { ...bundle.components, examples: Object.fromEntries(examples) } }
}
