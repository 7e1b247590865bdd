/** The second part of the build: writes a JSON copy next to every bundled YAML document in dist. */
import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { bundled } from './bundled.ts'

const dist = new URL('../dist/', import.meta.url)

for (const service of await bundled()) {
  const spec: unknown = parse(await readFile(new URL(`${service}.yaml`, dist), 'utf8'))
  await writeFile(new URL(`${service}.json`, dist), `${JSON.stringify(spec, null, 2)}\n`)
}
