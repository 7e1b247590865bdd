/** `node src/main.ts [--json] [--complete] <folder> …`: compares the specs with local copies of the vendor's documents and SDKs. */
import { readFile } from 'node:fs/promises'
import { readBundle, services } from '@jobscope/specs'
import type { Service } from './compare/compare.ts'
import { run } from './run.ts'
import type { Document } from './spec/document.ts'
import { readGapIds } from './spec/gaps.ts'
import { emptyScope, readScope } from './spec/scope.ts'

const specs = new URL('../../../specs/', import.meta.url)

async function loadService(name: (typeof services)[number]): Promise<Service> {
  const document = readBundle(name) as unknown as Document
  const gaps = readGapIds((await readText(`${name}/GAPS.md`)) ?? '', name)
  const scope = await readText(`${name}/SCOPE.md`)
  return { name, document, scope: scope === undefined ? emptyScope : readScope(scope, gaps) }
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(new URL(path, specs), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

process.exitCode = await run(process.argv.slice(2), {
  services: await Promise.all(services.map(loadService)),
  log: text => console.log(text),
  error: text => console.error(text),
})
