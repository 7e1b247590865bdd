import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'
import { userFile } from '../user-file.ts'

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

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const tsc = join(modules, '.bin', 'tsc')

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

export default {
  compared: 'tsc over a file with ten calls of every client, to an empty project',
  limit: { atMost: 2 },
  async measure() {
    const root = mkdtempSync(join(tmpdir(), 'jobscope-bench-'))
    try {
      symlinkSync(modules, join(root, 'node_modules'))
      const user = project(root, 'user', userFile())
      const empty = project(root, 'empty', 'export {}\n')
      return await ratioOf(
        () => check(user),
        () => check(empty),
        rounds,
      )
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  },
} satisfies Measurement
