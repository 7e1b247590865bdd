import { existsSync, readFileSync } from 'node:fs'
import type { OperationEntry, ServiceName } from './bundle.ts'

/** An entry of `x-codeSamples`, as starlight-openapi reads it. */
export interface CodeSample {
  readonly lang: string
  readonly label: string
  readonly source: string
}

const SAMPLES = new URL('../generated/samples/', import.meta.url)

/**
 * Reads the generated client sample of an operation. `pnpm typecheck` checks the same file.
 *
 * @throws if the sample does not exist
 */
export function readClientSample(service: ServiceName, operationId: string, folder = SAMPLES): CodeSample {
  const file = new URL(`${service}/${operationId}.ts`, folder)
  if (!existsSync(file)) {
    throw new Error(
      `No code sample for ${service} ${operationId}. Run \`pnpm generate\`: codegen writes ${service}/${operationId}.ts.`,
    )
  }
  return { lang: 'ts', label: 'Jobscope', source: removeBanner(readFileSync(file, 'utf8')) }
}

/** Values for a curl command, from the examples of the spec. */
export interface CurlValues {
  /** Path parameters by name. */
  readonly path: Readonly<Record<string, string>>
  /** Required query parameters. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body?: RequestExample | undefined
}

/** The example of a request body: JSON, or the parts of a multipart form. */
export type RequestExample =
  | { readonly json: unknown }
  | { readonly parts: readonly { readonly name: string; readonly value: string; readonly file: boolean }[] }

/** Builds a curl command that sends the request to the mock. */
export function buildCurlSample(mockUrl: string, { method, path }: OperationEntry, values: CurlValues): CodeSample {
  const url = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values.path[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  const query = new URLSearchParams(values.query.map(([name, value]) => [name, value])).toString()
  const verb = method === 'get' ? '' : `-X ${method.toUpperCase()} `
  const lines = [
    `curl ${verb}${quoteForShell(`${mockUrl}${url}${query && `?${query}`}`)}`,
    `-H 'X-Auth-Token: any-token'`,
    ...(values.body ? buildBodyOptions(values.body) : []),
  ]
  return { lang: 'sh', label: 'curl (mock)', source: lines.join(' \\\n  ') }
}

function buildBodyOptions(body: RequestExample): string[] {
  if ('json' in body)
    return ["-H 'Content-Type: application/json'", `-d ${quoteForShell(JSON.stringify(body.json, null, 2))}`]
  // `filename` makes curl send text as a file, so that the command works without a file on disk.
  return body.parts.map(({ name, value, file }) =>
    file
      ? `-F ${quoteForShell(`${name}=${value};filename=${name};type=application/octet-stream`)}`
      : `--form-string ${quoteForShell(`${name}=${value}`)}`,
  )
}

/** Quotes a string for a POSIX shell. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

// Removes the first line, which says that the file is generated. Readers of the site do not edit it.
function removeBanner(source: string): string {
  return source.replace(/^\/\/ Generated[^\n]*\n/, '').trim()
}
