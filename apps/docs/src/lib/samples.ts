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
export function clientSample(service: ServiceName, operationId: string, folder = SAMPLES): CodeSample {
  const file = new URL(`${service}/${operationId}.ts`, folder)
  if (!existsSync(file)) {
    throw new Error(
      `No code sample for ${service} ${operationId}. Run \`pnpm generate\`: codegen writes ${service}/${operationId}.ts.`,
    )
  }
  return { lang: 'ts', label: 'Jobscope', source: withoutBanner(readFileSync(file, 'utf8')) }
}

/** The same call by hand, against the mock: what goes over the wire, and a quick way to try it. */
export function curlSample(
  mockUrl: string,
  { method, path }: OperationEntry,
  values: Readonly<Record<string, string>>,
): CodeSample {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name: string) => values[name] ?? whole)
  const verb = method === 'get' ? '' : `-X ${method.toUpperCase()} `
  return {
    lang: 'sh',
    label: 'curl, to the mock',
    source: `curl ${verb}'${mockUrl}${filled}' \\\n  -H 'X-Auth-Token: any-text-will-do'`,
  }
}

// The first line says that the file is generated, which matters in the repository and to nobody who reads the site.
function withoutBanner(source: string): string {
  return source.replace(/^\/\/ Generated[^\n]*\n/, '').trim()
}
