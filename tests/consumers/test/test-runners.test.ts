import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer, installed, run } from '../src/consumer.ts'

const consumer = createConsumer()
afterAll(() => consumer.remove())

/** The file of a test in a user's project. `setup` or `fetch` contains the code that fakes the service. */
const testFile = (imports: string, setup: string, fetch: string) => `
${imports}
import { readJob, token } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'

${setup}

test('reads the state of a batch', async () => {
  const dli = createDliClient({ endpoint: 'http://127.0.0.1/dli', projectId: 'p', credentials: token('t')${fetch} })
  const batch = await dli.getBatch({ batch_id: 'b1' })
  expect(readJob(jobs.batch, batch).state).toBe('succeeded')
})
`

const fakeFetch = ", fetch: async () => Response.json({ id: 'b1', state: 'success' })"

test('Jest 30 runs a test with the configuration of the README', () => {
  consumer.write('jest.config.js', "export default { testMatch: ['**/*.jest.js'], transform: {} }\n")
  consumer.write('state.jest.js', testFile('', '', fakeFetch))
  const args = ['--experimental-vm-modules', join(installed, 'jest/bin/jest.js'), '--ci']
  const [first = '', ...rest] = args
  const { status, output } = run(first, rest, consumer.folder)
  expect(output).toContain('1 passed')
  expect(status).toBe(0)
})

test('Vitest runs a test without a configuration', () => {
  consumer.write('vitest/state.test.js', testFile("import { expect, test } from 'vitest'", '', fakeFetch))
  const { status, output } = run(join(installed, 'vitest/vitest.mjs'), ['run', '--root', 'vitest'], consumer.folder)
  expect(output).toContain('1 passed')
  expect(status).toBe(0)
})

test('msw intercepts the requests of a client in Node', () => {
  const setup = `
const handler = http.get('http://127.0.0.1/dli/v2.0/p/batches/b1', () => HttpResponse.json({ id: 'b1', state: 'success' }))
const server = setupServer(handler)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())`
  const imports = `
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'`
  consumer.write('msw/state.test.js', testFile(imports, setup, ''))
  const { status, output } = run(join(installed, 'vitest/vitest.mjs'), ['run', '--root', 'msw'], consumer.folder)
  expect(output).toContain('1 passed')
  expect(status).toBe(0)
})
