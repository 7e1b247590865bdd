import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changed, fixture } from '../test/fixture.ts'
import { serviceTarget } from './generate.ts'
import type { Document } from './read/document.ts'
import { run } from './run.ts'

const types = 'packages/toy/src/generated/types.gen.ts'

let root: URL
let output: string[]

beforeEach(async () => {
  root = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'codegen-'))}/`)
  output = []
})
afterEach(() => rm(root, { recursive: true }))

function call(args: string[], document: Document = fixture()): Promise<number> {
  const print = (text: string) => void output.push(text)
  return run(args, {
    root,
    targets: ['toy', 'other'].map(serviceTarget),
    load: () => document,
    log: print,
    error: print,
  })
}

describe('generate', () => {
  test('writes all files in the first run and no files in the second run', async () => {
    expect(await call(['toy'])).toBe(0)
    expect(output.at(-1)).toMatch(/^15 files, 15 written, 0 removed$/)
    expect(await call(['toy'])).toBe(0)
    expect(output.at(-1)).toMatch(/^15 files, 0 written, 0 removed$/)
  })

  test('removes the sample of an operation that was removed from the spec', async () => {
    await call(['toy'])
    await call(['toy'], changed('/paths/~1v1~1{project_id}~1files', undefined))
    expect(output).toContain('removed  apps/docs/src/generated/samples/toy/uploadFile.ts')
    expect(await readFile(new URL(types, root), 'utf8')).not.toContain('uploadFile')
  })

  test('prints the name of the spec and the location of an error, and writes no files', async () => {
    expect(await call(['toy'], changed('/x-client-name', undefined))).toBe(1)
    expect(output.join()).toContain('specs/toy: x-client-name: missing')
    expect(await call(['--check', 'toy'])).toBe(1)
    expect(output.join()).toContain(`missing  ${types}`)
  })

  test('rejects an unknown target or option', async () => {
    expect(await call(['toys', '--chekc'])).toBe(2)
    expect(output.join()).toContain('toys, --chekc')
  })
})

describe('--check', () => {
  test('prints nothing if all files are up to date', async () => {
    await call(['toy'])
    output = []
    expect(await call(['--check', 'toy'])).toBe(0)
    expect(output).toEqual([])
  })

  test('lists stale, missing and surplus files, prints the command that updates them, and changes no file', async () => {
    await call(['toy'])
    const test = 'packages/toy/test/calls.gen.test-d.ts'
    const surplus = 'packages/toy/src/generated/old.gen.ts'
    await writeFile(new URL(types, root), '// edited by hand\n')
    await writeFile(new URL(surplus, root), '')
    await rm(new URL(test, root))
    for (const _ of [1, 2]) {
      output = []
      expect(await call(['--check', 'toy'])).toBe(1)
      const [report = ''] = output
      expect(report.split('\n').slice(0, 3)).toEqual([`missing  ${test}`, `stale    ${types}`, `surplus  ${surplus}`])
      expect(report).toContain('pnpm generate')
    }
  })
})
