import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

function run(command: string, args: readonly string[], cwd = root): string {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

/**
 * Generates TypeScript from a spec into an empty folder. Throws if the generator fails. This folder is also the working directory,
 * because Kubb writes files there.
 */
export const generate = (generator: string, spec: string, folder: string) =>
  run(process.execPath, [join(root, 'installed/generate.js'), generator, spec, folder], folder)

/** The problems that a validator finds in a spec. */
export const validate = (validator: string, spec: string) =>
  JSON.parse(run(process.execPath, ['installed/validate.js', validator, spec])) as unknown[]

/** The text of all TypeScript files in a folder. */
export function readTypeScript(folder: string): string {
  return listTypeScript(folder)
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
}

const listTypeScript = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => join(folder, file))

/**
 * Compiles all TypeScript files in a folder in strict mode. Throws with the compiler's messages. Comments that switch off the compiler for a
 * file are removed first, because swagger-typescript-api writes such a comment.
 */
export function compile(folder: string): void {
  for (const file of listTypeScript(folder)) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\s*\/[/*]\s*@ts-nocheck.*$/gm, ''))
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'preserve',
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    allowImportingTsExtensions: true,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
  run(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
}
