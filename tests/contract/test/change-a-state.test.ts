import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { services } from '@jobscope/specs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository } from '../src/copy.ts'

/**
 * One spec, every artefact: in a copy of the repository a state of a DLI batch gets another name, in `specs/dli` and nowhere
 * else. After the real builds the type, the job kind, the mock, the docs and these tests know the new name, not the old.
 */

const OLD = 'recovering'
const NEW = 'resuming'

/** The name as a word of its own: that of another state ends with it. */
const word = new RegExp(`\\b${OLD}\\b`, 'g')

const copy = await copyRepository()
afterAll(() => copy.remove())

beforeAll(async () => {
  const files = await readdir(copy.path('specs/dli'), { recursive: true, withFileTypes: true })
  for (const { name, parentPath } of files.filter(({ name }) => name.endsWith('.yaml'))) {
    const file = join(parentPath, name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replaceAll(word, NEW))
  }
  await copy.run('specs', 'build')
  await copy.run('packages/core', 'build')
  await copy.run('tools/codegen', 'generate')
  for (const name of [...services, 'mock']) await copy.run(`packages/${name}`, 'build')
})

describe(`after ${OLD} became ${NEW} in the spec`, () => {
  test('the type follows', async () => {
    const source = `
      import type { SparkBatchState } from '../src/index.ts'
      // The type is open: any string is taken. What it knows by name is the rest of the union.
      type Known<State> = State extends string ? (string extends State ? never : State) : never
      export const renamed: Known<SparkBatchState> = '${NEW}'
      // @ts-expect-error the old name is gone
      export const old: Known<SparkBatchState> = '${OLD}'
    `
    await writeFile(copy.path('packages/dli/test/renamed.ts'), source)
    await copy.run('packages/dli', 'typecheck')
  })

  test('readJob follows', async () => {
    const read = await copy.evaluate(
      'tests/contract',
      `import { readJob } from '@jobscope/core'
       import { jobs } from '@jobscope/dli'
       const states = ['${NEW}', '${OLD}'].map(state => readJob(jobs.batch, { state }).state)
       console.log(JSON.stringify(states))`,
    )
    expect(read).toEqual(['starting', 'unknown'])
  })

  test('the mock follows', async () => {
    const bundle = await copy.evaluate(
      'packages/mock',
      `import { loadBundles } from './src/bundle.ts'
       console.log(JSON.stringify((await loadBundles()).get('dli')))`,
    )
    expect(bundle).toHaveProperty(`x-jobs.batch.states.${NEW}.is`, 'starting')
    expect(JSON.stringify(bundle).match(word)).toBe(null)
  })

  test('the state table of the docs follows', async () => {
    // What the page is made of: src/pages/job-states.astro shows these tables and nothing else.
    const wires = await copy.evaluate(
      'apps/docs',
      `import { readAllBundles } from './src/lib/operation-pages.ts'
       import { buildStateTables } from './src/lib/state-table.ts'
       const tables = buildStateTables(readAllBundles().dli)
       console.log(JSON.stringify(tables.flatMap(({ rows }) => rows.map(({ wire }) => wire))))`,
    )
    expect(wires).toContain(NEW)
    expect(wires).not.toContain(OLD)
  })

  test('a conformance test follows, and all of the service pass', async () => {
    const files = (await readdir(copy.path('tests/contract/test'))).filter(isForTheCopy)
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
    expect(passed.map(({ title }) => title)).toContain(`batch: ${NEW} is starting`)
    expect(passed.map(({ title }) => title)).not.toContain(`batch: ${OLD} is starting`)
  })
})

interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

// Not those that make copies, and not the browser's: the browser sees nothing of a state that the others do not.
const isForTheCopy = (file: string): boolean =>
  file.endsWith('.test.ts') && ![basename(import.meta.filename), 'add-a-kind.test.ts', 'browser.test.ts'].includes(file)
