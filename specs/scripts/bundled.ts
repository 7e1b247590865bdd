import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** Names of the documents that redocly.yaml bundles: the specs of the services, and specs without a generated client. */
export async function bundled(): Promise<readonly string[]> {
  const config = parse(await readFile(new URL('../redocly.yaml', import.meta.url), 'utf8')) as {
    readonly apis: Readonly<Record<string, unknown>>
  }
  return Object.keys(config.apis)
}
