import { compare, type Difference, type Files, write } from './files.ts'
import type { Target } from './generate.ts'
import type { Document } from './read/document.ts'
import { SpecError } from './spec-error.ts'

interface RunOptions {
  /** URL of the repository. It ends in a slash. */
  readonly root: URL
  readonly targets: readonly Target[]
  /** Reads the bundle of a spec by its name. */
  readonly load: (spec: string) => Document
  readonly log: (text: string) => void
  readonly error: (text: string) => void
}

/**
 * Generates the named targets, or all targets if no target is named. With `--check`, compares the files instead. Resolves to the exit code.
 */
export async function run(args: readonly string[], options: RunOptions): Promise<number> {
  const { root, targets, error } = options
  const check = args.includes('--check')
  const named = args.filter(arg => arg !== '--check')
  const known = targets.map(({ name }) => name)
  const unknown = named.filter(name => !known.includes(name))
  if (unknown.length > 0) {
    error(`Unknown argument: ${unknown.join(', ')}. Use one of ${known.join(', ')}, or --check.`)
    return 2
  }
  const chosen = targets.filter(({ name }) => named.length === 0 || named.includes(name))
  try {
    const generated = await Promise.all(chosen.map(target => generateFiles(target, options)))
    const files: Files = new Map(generated.flatMap(found => [...found]))
    const outputs = chosen.flatMap(target => target.outputs)
    const difference = await (check ? compare : write)(root, files, outputs)
    return check ? reportCheck(difference, options) : reportWrite(difference, files.size, options)
  } catch (cause) {
    if (!(cause instanceof SpecError)) throw cause
    error(cause.message)
    return 1
  }
}

async function generateFiles({ spec, generate }: Target, { load }: RunOptions): Promise<Files> {
  const document = load(spec)
  try {
    return await generate(document)
  } catch (cause) {
    if (cause instanceof SpecError) cause.message = `specs/${spec}: ${cause.message}`
    throw cause
  }
}

function reportCheck({ missing, stale, surplus }: Difference, { error }: RunOptions): number {
  const lines = [
    ...missing.map(path => `missing  ${path}`),
    ...stale.map(path => `stale    ${path}`),
    ...surplus.map(path => `surplus  ${path}`),
  ]
  if (lines.length === 0) return 0
  lines.push('The generated files differ from what the specs produce. Run `pnpm generate` and commit the result.')
  error(lines.join('\n'))
  return 1
}

function reportWrite({ missing, stale, surplus }: Difference, total: number, { log }: RunOptions): number {
  for (const path of [...missing, ...stale]) log(`wrote    ${path}`)
  for (const path of surplus) log(`removed  ${path}`)
  log(`${total} files, ${missing.length + stale.length} written, ${surplus.length} removed`)
  return 0
}
