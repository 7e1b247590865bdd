/**
 * `node src/types.ts`: type-checks a user's file that calls ten operations of each client, and an empty project. Exits 1 if
 * the first takes more than twice as long.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ratioOf } from './ratio.ts'
import { userFile } from './user-file.ts'

const limit = 2
const rounds = 15

/** What `tsc --init` gives, with all that is strict. */
const tsconfig = {
  compilerOptions: {
    module: 'nodenext',
    target: 'esnext',
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['*.ts'],
}

const here = fileURLToPath(new URL('..', import.meta.url))
const tsc = join(here, 'node_modules', '.bin', 'tsc')

function project(root: string, name: string, source: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  writeFileSync(join(folder, 'index.ts'), source)
  return folder
}

function check(folder: string): void {
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${folder} does not compile:\n${stdout}${stderr}`)
}

const root = mkdtempSync(join(tmpdir(), 'jobscope-bench-'))
try {
  symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'))
  const user = project(root, 'user', userFile())
  const empty = project(root, 'empty', 'export {}\n')
  const { ratio, ms } = ratioOf(
    () => check(user),
    () => check(empty),
    rounds,
  )
  const [own, none] = ms.map(Math.round)
  console.log(`types: ${ratio.toFixed(2)} times an empty project (${own} ms to ${none} ms); allowed are ${limit}`)
  if (ratio > limit) process.exitCode = 1
} finally {
  rmSync(root, { recursive: true, force: true })
}
