import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changed, fixture } from '../test/fixture.ts'
import type { Document } from './read/document.ts'
import { run } from './run.ts'

const types = 'packages/toy/src/generated/types.gen.ts'

let root: URL
let said: string[]

beforeEach(async () => {
  root = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'codegen-'))}/`)
  said = []
})
afterEach(() => rm(root, { recursive: true }))

function call(args: string[], document: Document = fixture()): Promise<number> {
  const say = (text: string) => void said.push(text)
  return run(args, { root, services: ['toy', 'other'], load: async () => document, log: say, error: say })
}

describe('generate', () => {
  test('writes everything once; a second time there is nothing to do', async () => {
    expect(await call(['toy'])).toBe(0)
    expect(said.at(-1)).toMatch(/^14 files, 14 written, 0 removed$/)
    expect(await call(['toy'])).toBe(0)
    expect(said.at(-1)).toMatch(/^14 files, 0 written, 0 removed$/)
  })

  test('follows the spec: an operation that is gone takes its sample along', async () => {
    await call(['toy'])
    await call(['toy'], changed('/paths/~1v1~1{project_id}~1files', undefined))
    expect(said).toContain('removed  apps/docs/src/generated/samples/toy/uploadFile.ts')
    expect(await readFile(new URL(types, root), 'utf8')).not.toContain('uploadFile')
  })

  test('names the spec and the place of what it does not support, and writes nothing', async () => {
    expect(await call(['toy'], changed('/x-client-name', undefined))).toBe(1)
    expect(said.join()).toContain('specs/toy: x-client-name: it is missing')
    expect(await call(['--check', 'toy'])).toBe(1)
    expect(said.join()).toContain(`missing  ${types}`)
  })

  test('refuses a service or an option that does not exist', async () => {
    expect(await call(['toys', '--chekc'])).toBe(2)
    expect(said.join()).toContain('toys, --chekc')
  })
})

describe('--check', () => {
  test('is silent about what is up to date', async () => {
    await call(['toy'])
    said = []
    expect(await call(['--check', 'toy'])).toBe(0)
    expect(said).toEqual([])
  })

  test('names what is stale, missing and surplus, says what to do, and changes nothing', async () => {
    await call(['toy'])
    const test = 'packages/toy/test/calls.gen.test-d.ts'
    const surplus = 'packages/toy/src/generated/old.gen.ts'
    await writeFile(new URL(types, root), '// edited by hand\n')
    await writeFile(new URL(surplus, root), '')
    await rm(new URL(test, root))
    for (const _ of [1, 2]) {
      said = []
      expect(await call(['--check', 'toy'])).toBe(1)
      const [report = ''] = said
      expect(report.split('\n').slice(0, 3)).toEqual([`missing  ${test}`, `stale    ${types}`, `surplus  ${surplus}`])
      expect(report).toContain('pnpm generate')
    }
  })
})
