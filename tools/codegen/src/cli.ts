/**
 * `node src/cli.ts [--check] [target …]`: generates all targets or the named ones (a service, or `core`). `--check` writes
 * nothing and exits 1 if a committed file differs.
 */
import { readFile } from 'node:fs/promises'
import { services, specUrl } from '@jobscope/specs'
import { coreTarget, serviceTarget } from './generate.ts'
import type { Document } from './read/document.ts'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  root: new URL('../../../', import.meta.url),
  targets: [...services.map(serviceTarget), coreTarget],
  load: async name => {
    const service = services.find(known => known === name)
    if (!service) throw new Error(`There is no spec ${name}.`)
    return JSON.parse(await readFile(specUrl(service), 'utf8')) as Document
  },
  log: text => console.log(text),
  error: text => console.error(text),
})
