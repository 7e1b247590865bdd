import { readFile } from 'node:fs/promises'
import { type ServiceName, services, specUrl } from '@jobscope/specs'
import { compare, type Difference, type Files, write } from './files.ts'
import { generate, territory } from './generate.ts'
import type { Document } from './read/document.ts'
import { SpecError } from './spec-error.ts'

/**
 * `node src/cli.ts [--check] [service …]` generates all services or the named ones; `--check` writes nothing and exits 1 when
 * what is committed differs.
 */
const root = new URL('../../../', import.meta.url)

async function main(args: readonly string[]): Promise<number> {
  const check = args.includes('--check')
  const named = args.filter(arg => arg !== '--check')
  const unknown = named.filter(name => !isService(name))
  if (unknown.length > 0) {
    console.error(
      `No such service or option: ${unknown.join(', ')}. Services: ${services.join(', ')}. Option: --check.`,
    )
    return 2
  }
  const chosen = named.length > 0 ? named.filter(isService) : services
  const files: Files = new Map((await Promise.all(chosen.map(generated))).flatMap(found => [...found]))
  const places = chosen.flatMap(territory)
  const difference = await (check ? compare : write)(root, files, places)
  return check ? reportCheck(difference) : reportWrite(difference, files.size)
}

async function generated(name: ServiceName): Promise<Files> {
  const document = JSON.parse(await readFile(specUrl(name), 'utf8')) as Document
  try {
    return await generate(name, document)
  } catch (error) {
    if (error instanceof SpecError) error.message = `specs/${name}: ${error.message}`
    throw error
  }
}

function isService(name: string): name is ServiceName {
  return (services as readonly string[]).includes(name)
}

function reportCheck({ missing, stale, surplus }: Difference): number {
  const lines = [
    ...missing.map(path => `missing  ${path}`),
    ...stale.map(path => `stale    ${path}`),
    ...surplus.map(path => `surplus  ${path}`),
  ]
  if (lines.length === 0) return 0
  console.error(
    [...lines, 'The generated code does not follow from the specs. Run `pnpm generate` and commit the result.'].join(
      '\n',
    ),
  )
  return 1
}

function reportWrite({ missing, stale, surplus }: Difference, all: number): number {
  for (const path of [...missing, ...stale]) console.log(`wrote    ${path}`)
  for (const path of surplus) console.log(`removed  ${path}`)
  console.log(`${all} files, ${missing.length + stale.length} written, ${surplus.length} removed`)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
