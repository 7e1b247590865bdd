import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createMock } from '@jobscope/mock'
import { services } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { packages } from '../src/clients.ts'
import { noCredentials } from '../src/harness.ts'

const readText = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Finds the first code block of a language in a README. Readers copy the first TypeScript block, so this block is tested. */
const findBlock = (readme: string, language: string): string | undefined =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1]

// The example is a test of this package, so it runs and is type-checked.
test('the first example in the README of the mock is examples/mock.test.ts', () => {
  expect(findBlock(readText('../../../packages/mock/README.md'), 'ts')).toBe(readText('../examples/mock.test.ts'))
})

test('the second example in the README of the mock is examples/mock-node.ts, which passes under node:test', async () => {
  const code = readText('../examples/mock-node.ts')
  expect(readText('../../../packages/mock/README.md')).toContain(`\`\`\`ts\n${code}\`\`\``)
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

test.each(Object.entries(readmes))(
  'the example in the README of %s prints the output that the README shows',
  async (name, path) => {
    const readme = readText(path)
    const code = readText(`../examples/${name}.ts`)
    expect(findBlock(readme, 'ts')).toBe(code)

    await using mock = await createMock()
    const program = code.replace('http://127.0.0.1:4010', mock.origin)
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module-typescript', '--no-warnings', '--eval', program],
      { cwd: fileURLToPath(new URL('..', import.meta.url)) },
    )
    expect(stdout.replaceAll(mock.origin, 'http://127.0.0.1:4010')).toBe(findBlock(readme, 'text'))
  },
)

// The example is a test of this package, so it runs and is type-checked.
test('the README of contract contains examples/pipeline.test.ts', () => {
  expect(readText('../../../packages/contract/README.md')).toContain(readText('../examples/pipeline.test.ts'))
})

test.each(services)('the README of %s lists exactly the operations and wait methods of the client', service => {
  const readme = readText(`../../../packages/${service}/README.md`)
  const section = /## Operations\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  const named = [...section.matchAll(/`([a-z]\w+)`/g)].map(([, name]) => name)
  const options = { endpoint: 'http://127.0.0.1:1', projectId: 'p', credentials: noCredentials }
  const methods = Object.entries(packages[service].create(options)).filter(([, value]) => typeof value === 'function')
  expect([...new Set(named)].toSorted()).toEqual(methods.map(([name]) => name).toSorted())
})
