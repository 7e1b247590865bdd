import { existsSync, readFileSync } from 'node:fs'
import type { OperationEntry, ServiceName } from './bundle.ts'

/** An entry of `x-codeSamples`, as starlight-openapi and Scalar read it. */
export interface CodeSample {
  readonly lang: string
  readonly label: string
  readonly source: string
}

const SAMPLES = new URL('../generated/samples/', import.meta.url)

/**
 * The sample of our client for an operation: the very file that `pnpm typecheck` checks.
 *
 * @throws if there is none: each operation page has one.
 */
export function readClientSample(service: ServiceName, operationId: string, folder = SAMPLES): CodeSample {
  const file = new URL(`${service}/${operationId}.ts`, folder)
  if (!existsSync(file)) {
    throw new Error(
      `No code sample for ${service} ${operationId}. Run \`pnpm generate\`: codegen writes ${service}/${operationId}.ts.`,
    )
  }
  return { lang: 'ts', label: 'Jobscope', source: withoutBanner(readFileSync(file, 'utf8')) }
}

/** What a call by hand sends: examples of the spec. */
export interface CurlValues {
  /** Path parameters by name. */
  readonly path: Readonly<Record<string, string>>
  /** Query parameters that a call must have. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body?: RequestExample | undefined
}

/** The example of a request body: of a form its parts, some of them files. */
export type RequestExample =
  | { readonly json: unknown }
  | { readonly parts: readonly { readonly name: string; readonly value: string; readonly file: boolean }[] }

/** The same call by hand, against the mock: what goes over the wire, and a quick way to try it. */
export function buildCurlSample(mockUrl: string, { method, path }: OperationEntry, values: CurlValues): CodeSample {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values.path[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  const query = new URLSearchParams(values.query.map(([name, value]) => [name, value])).toString()
  const verb = method === 'get' ? '' : `-X ${method.toUpperCase()} `
  const lines = [
    `curl ${verb}${quoted(`${mockUrl}${filled}${query && `?${query}`}`)}`,
    `-H 'X-Auth-Token: any-text-will-do'`,
    ...(values.body ? bodyLines(values.body) : []),
  ]
  return { lang: 'sh', label: 'curl, to the mock', source: lines.join(' \\\n  ') }
}

function bodyLines(body: RequestExample): string[] {
  if ('json' in body) return ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body.json, null, 2))}`]
  // With `filename` a text is sent as a file would be, so that the call can be pasted as it is.
  return body.parts.map(({ name, value, file }) =>
    file
      ? `-F ${quoted(`${name}=${value};filename=${name};type=application/octet-stream`)}`
      : `--form-string ${quoted(`${name}=${value}`)}`,
  )
}

/** For a POSIX shell: in single quotes, of which none may be inside. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

// The first line says that the file is generated, which matters in the repository and to nobody who reads the site.
function withoutBanner(source: string): string {
  return source.replace(/^\/\/ Generated[^\n]*\n/, '').trim()
}
