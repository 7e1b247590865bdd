import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createMock } from '@jobscope/mock'
import { services } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { packages } from '../src/clients.ts'
import { noCredentials } from '../src/harness.ts'

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The first block of a language in a README; the first TypeScript is what people copy. */
const block = (readme: string, language: string): string | undefined =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1]

// It runs as a test of its own, and is type-checked like one.
test('the example of the README of the mock is examples/mock.test.ts', () => {
  expect(block(text('../../../packages/mock/README.md'), 'ts')).toBe(text('../examples/mock.test.ts'))
})

test('the second one is examples/mock-node.ts, and passes under node:test', async () => {
  const code = text('../examples/mock-node.ts')
  expect(text('../../../packages/mock/README.md')).toContain(`\`\`\`ts\n${code}\`\`\``)
  const path = fileURLToPath(new URL('../examples/mock-node.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', path])
  expect(stdout).toContain('# pass 1\n')
})

const readmes = {
  jobscope: '../../../README.md',
  core: '../../../packages/core/README.md',
  dli: '../../../packages/dli/README.md',
  modelarts: '../../../packages/modelarts/README.md',
  cs: '../../../packages/cs/README.md',
  res: '../../../packages/res/README.md',
  iam: '../../../packages/iam/README.md',
  jobs: '../../../packages/jobs/README.md',
}

test.each(Object.entries(readmes))('the example of the README of %s prints what it says', async (name, path) => {
  const readme = text(path)
  const code = text(`../examples/${name}.ts`)
  expect(block(readme, 'ts')).toBe(code)

  await using mock = await createMock()
  const here = code.replace('http://127.0.0.1:4010', mock.origin)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--no-warnings', '--eval', here],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  )
  expect(stdout.replaceAll(mock.origin, 'http://127.0.0.1:4010')).toBe(block(readme, 'text'))
})

test.each(services)('the README of %s names every operation and every wait, and no other', service => {
  const readme = text(`../../../packages/${service}/README.md`)
  const section = /## Operations\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  const named = [...section.matchAll(/`([a-z]\w+)`/g)].map(([, name]) => name)
  const options = { endpoint: 'http://127.0.0.1:1', projectId: 'p', credentials: noCredentials }
  const methods = Object.entries(packages[service].create(options)).filter(([, value]) => typeof value === 'function')
  expect([...new Set(named)].toSorted()).toEqual(methods.map(([name]) => name).toSorted())
})
