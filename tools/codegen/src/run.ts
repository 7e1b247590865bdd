import { compare, type Difference, type Files, write } from './files.ts'
import { generate, territory } from './generate.ts'
import type { Document } from './read/document.ts'
import { SpecError } from './spec-error.ts'

/** What a run works on. */
interface World {
  /** The repository; a URL that ends in a slash. */
  readonly root: URL
  readonly services: readonly string[]
  readonly load: (service: string) => Promise<Document>
  readonly log: (text: string) => void
  readonly error: (text: string) => void
}

/** Generates, or with `--check` compares, all services or the named ones. Resolves to the exit code. */
export async function run(args: readonly string[], world: World): Promise<number> {
  const { root, services, error } = world
  const check = args.includes('--check')
  const named = args.filter(arg => arg !== '--check')
  const unknown = named.filter(name => !services.includes(name))
  if (unknown.length > 0) {
    error(`No such service or option: ${unknown.join(', ')}. Services: ${services.join(', ')}. Option: --check.`)
    return 2
  }
  const chosen = named.length > 0 ? named : services
  try {
    const files: Files = new Map(
      (await Promise.all(chosen.map(name => generated(name, world)))).flatMap(found => [...found]),
    )
    const difference = await (check ? compare : write)(root, files, chosen.flatMap(territory))
    return check ? reportCheck(difference, world) : reportWrite(difference, files.size, world)
  } catch (cause) {
    if (!(cause instanceof SpecError)) throw cause
    error(cause.message)
    return 1
  }
}

async function generated(name: string, { load }: World): Promise<Files> {
  const document = await load(name)
  try {
    return await generate(name, document)
  } catch (cause) {
    if (cause instanceof SpecError) cause.message = `specs/${name}: ${cause.message}`
    throw cause
  }
}

function reportCheck({ missing, stale, surplus }: Difference, { error }: World): number {
  const lines = [
    ...missing.map(path => `missing  ${path}`),
    ...stale.map(path => `stale    ${path}`),
    ...surplus.map(path => `surplus  ${path}`),
  ]
  if (lines.length === 0) return 0
  error(
    [...lines, 'The generated code does not follow from the specs. Run `pnpm generate` and commit the result.'].join(
      '\n',
    ),
  )
  return 1
}

function reportWrite({ missing, stale, surplus }: Difference, all: number, { log }: World): number {
  for (const path of [...missing, ...stale]) log(`wrote    ${path}`)
  for (const path of surplus) log(`removed  ${path}`)
  log(`${all} files, ${missing.length + stale.length} written, ${surplus.length} removed`)
  return 0
}
