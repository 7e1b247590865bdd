import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@jobscope/specs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository } from '../src/copy.ts'

/**
 * Renames a state of DLI batches in `specs/dli` of a copy of the repository. After the usual builds, the type, the job kind, the
 * mock, the documentation and these tests use the new name.
 */

const oldName = 'recovering'
const newName = 'resuming'

/** Matches the old name only as a whole word, because the name of another state ends with the old name. */
const oldWord = new RegExp(`\\b${oldName}\\b`, 'g')

const copy = await copyRepository()
afterAll(() => copy.remove())

beforeAll(async () => {
  const files = await readdir(copy.path('specs/dli'), { recursive: true, withFileTypes: true })
  for (const { name, parentPath } of files.filter(({ name }) => name.endsWith('.yaml'))) {
    const file = join(parentPath, name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replaceAll(oldWord, newName))
  }
  await copy.run('specs', 'build')
  await copy.run('packages/core', 'build')
  await copy.run('tools/codegen', 'generate')
  for (const name of [...services, 'mock']) await copy.run(`packages/${name}`, 'build')
})

describe(`after renaming ${oldName} to ${newName} in the spec`, () => {
  test('the type of the state has the new name', async () => {
    const source = `
      import type { SparkBatchState } from '../src/index.ts'
      // The type accepts any string. The known names are the rest of the union.
      type Known<State> = State extends string ? (string extends State ? never : State) : never
      export const renamed: Known<SparkBatchState> = '${newName}'
      // @ts-expect-error The old name is not known.
      export const old: Known<SparkBatchState> = '${oldName}'
    `
    await writeFile(copy.path('packages/dli/test/renamed.ts'), source)
    await copy.run('packages/dli', 'typecheck')
  })

  test('readJob reads the new name', async () => {
    const read = await copy.evaluate(
      'tests/contract',
      `import { readJob } from '@jobscope/core'
       import { jobs } from '@jobscope/dli'
       const states = ['${newName}', '${oldName}'].map(state => readJob(jobs.batch, { state }).state)
       console.log(JSON.stringify(states))`,
    )
    expect(read).toEqual(['starting', 'unknown'])
  })

  test('the bundle of the mock has the new name', async () => {
    const bundle = await copy.evaluate(
      'packages/mock',
      `import { loadBundles } from './src/bundle.ts'
       console.log(JSON.stringify(loadBundles().get('dli')))`,
    )
    expect(bundle).toHaveProperty(`x-jobs.batch.states.${newName}.is`, 'starting')
    expect(JSON.stringify(bundle).match(oldWord)).toBe(null)
  })

  test('the state table of the documentation has the new name', async () => {
    // The page src/pages/job-states.astro consists of these tables.
    const values = await copy.evaluate(
      'apps/docs',
      `import { readAllBundles } from './src/lib/operation-pages.ts'
       import { buildStateTables } from './src/lib/state-table.ts'
       const tables = buildStateTables(readAllBundles().dli)
       console.log(JSON.stringify(tables.flatMap(({ rows }) => rows.map(({ rawState }) => rawState))))`,
    )
    expect(values).toContain(newName)
    expect(values).not.toContain(oldName)
  })

  test('a contract test checks the new name, and all contract tests of DLI pass', async () => {
    const files = (await readdir(copy.path('tests/contract/test'))).filter(runsInCopy)
    const report = copy.path('tests/contract/report.json')
    await copy.run(
      'tests/contract',
      'test',
      ...files.map(file => `test/${file}`),
      '--testNamePattern=dli',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
    )
    const { success, testResults } = JSON.parse(await readFile(report, 'utf8')) as Report
    const passed = testResults.flatMap(file => file.assertionResults).filter(({ status }) => status === 'passed')
    expect(success).toBe(true)
    expect(passed.map(({ title }) => title)).toContain(`the state ${newName} of the kind batch is starting`)
    expect(passed.map(({ title }) => title)).not.toContain(`the state ${oldName} of the kind batch is starting`)
  }, 900_000)
})

interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

// This run skips the long tests, because some of them copy the repository. It also skips the browser tests, because the other tests
// already check everything about states.
const runsInCopy = (file: string): boolean => /^(?!browser\.)[^.]+\.test\.ts$/.test(file)
