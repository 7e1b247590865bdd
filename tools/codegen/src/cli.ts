/**
 * `node src/cli.ts [--check] [service …]`: generates all services or the named ones; `--check` writes nothing and exits 1 if
 * what is committed differs.
 */
import { readFile } from 'node:fs/promises'
import { services, specUrl } from '@jobscope/specs'
import type { Document } from './read/document.ts'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  root: new URL('../../../', import.meta.url),
  services,
  load: async name => {
    const service = services.find(known => known === name)
    if (!service) throw new TypeError(`${name}: there is no such spec`)
    return JSON.parse(await readFile(specUrl(service), 'utf8')) as Document
  },
  log: text => console.log(text),
  error: text => console.error(text),
})
