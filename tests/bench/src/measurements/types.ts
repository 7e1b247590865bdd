import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { createSampleFile } from '../sample-file.ts'

const rounds = 15

/** The options that `tsc --init` writes, and all strict options. */
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

function createProject(root: string, name: string, source: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  writeFileSync(join(folder, 'index.ts'), source)
  return folder
}

function typeCheck(folder: string): void {
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${folder} does not compile:\n${stdout}${stderr}`)
}

export default {
  title: 'time of tsc on a file with ten calls of every client, divided by the time of an empty project',
  limit: { atMost: 2 },
  async measure() {
    const root = mkdtempSync(join(tmpdir(), 'jobscope-bench-'))
    try {
      symlinkSync(modules, join(root, 'node_modules'))
      const user = createProject(root, 'user', createSampleFile())
      const empty = createProject(root, 'empty', 'export {}\n')
      return await measureRatio({ subject: () => typeCheck(user), baseline: () => typeCheck(empty) }, rounds)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  },
} satisfies Measurement
