import type { OperationEntry, ServiceName } from './bundle.ts'
import { type CodeSample, type CurlValues, quoteForShell } from './code-samples.ts'

/** Arguments that `jobscope api` adds itself. The sample leaves them out. */
const ADDED = new Set(['project_id'])

/**
 * Builds a `jobscope api` command that sends the request to the mock. Returns nothing for a multipart form, because the command reads
 * bodies as JSON or YAML.
 */
export function buildCliSample(
  mockOrigin: string,
  service: ServiceName,
  { operationId }: Pick<OperationEntry, 'operationId'>,
  { path, query, body }: CurlValues,
): CodeSample | undefined {
  if (body && !('json' in body)) return undefined
  const pairs = [...Object.entries(path).filter(([name]) => !ADDED.has(name)), ...query]
  const words = [
    'jobscope api',
    `${service}.${operationId}`,
    ...pairs.map(([name, value]) => quoteWord(`${name}=${value}`)),
  ]
  const command = [...words, `--endpoint ${mockOrigin}`].join(' ')
  const source = body ? `${command} --body - <<'EOF'\n${JSON.stringify(body.json, null, 2)}\nEOF` : command
  return { lang: 'sh', label: 'Command line (mock)', source }
}

const quoteWord = (word: string): string => (/^[\w.=:/@-]+$/.test(word) ? word : quoteForShell(word))
