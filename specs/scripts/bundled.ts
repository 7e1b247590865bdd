import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** Names of what redocly.yaml bundles: the services, and what has no client yet. */
export async function bundled(): Promise<readonly string[]> {
  const config = parse(await readFile(new URL('../redocly.yaml', import.meta.url), 'utf8')) as {
    readonly apis: Readonly<Record<string, unknown>>
  }
  return Object.keys(config.apis)
}
