import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { addTestPackages, createConsumer, installed, run } from '../src/consumer.ts'

const project = fileURLToPath(new URL('../pipeline', import.meta.url))
const source = readFileSync(join(project, 'src/run-rollup.ts'), 'utf8')

const consumer = createConsumer()
addTestPackages(consumer)
cpSync(project, consumer.folder, { recursive: true })
afterAll(() => consumer.remove())

/** Runs the tests of the project with a changed pipeline. */
function runTests(pipeline: string) {
  consumer.write('src/run-rollup.ts', pipeline)
  return run(join(installed, 'vitest/vitest.mjs'), ['run'], consumer.folder)
}

/** Replaces a part of the pipeline. Fails if the pipeline does not contain this part. */
function change(part: RegExp, replacement: string): string {
  expect(source).toMatch(part)
  return source.replace(part, replacement)
}

test('the tests of the project pass', () => {
  const { status, output } = runTests(source)
  expect(output).toContain('2 passed')
  expect(status).toBe(0)
})

test('the tests of the project fail if the pipeline ignores a documented job state', () => {
  const loop = `let { state } = await dli.getBatch({ batch_id: id })
  while (state === 'starting' || state === 'running') {
    await clock?.sleep(60_000)
    state = (await dli.getBatch({ batch_id: id })).state
  }
  return 'success'`
  const ignoring = change(/const batch = await dli\.waitForBatch[\s\S]*?return batch\.state/, loop)
  const { status, output } = runTests(ignoring)
  expect(output).toContain('The program ignores these documented responses:')
  expect(output).toContain('- getBatch: state dead')
  expect(output).not.toContain('- createBatch:')
  expect(status).toBe(1)
})

test('the tests of the project fail if the pipeline ignores a documented error', () => {
  const ignoring = change(
    /(dli\.createBatch\([\s\S]*?\n {2}\}\))\n/,
    "$1.catch(() => ({ id: '' }))\n  if (id === '') return 'success'\n",
  )
  const { status, output } = runTests(ignoring)
  expect(output).toMatch(/- createBatch: DLI\.\d+/)
  expect(output).not.toContain('- getBatch:')
  expect(status).toBe(1)
})
