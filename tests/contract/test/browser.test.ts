import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@jobscope/browser'
import { createMock } from '@jobscope/mock'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { createHeaders, createPlainArgs, listFileFields } from '../src/args.ts'
import type { BrowserCall } from '../src/browser-entry.ts'
import { documents } from '../src/document.ts'
import { getExpectedFailure } from '../src/failures.ts'
import { getClientOptions, listCredentialKinds } from '../src/harness.ts'
import { type ExampleCase, formatTitle, type OperationCase, operations } from '../src/operations.ts'

const entryPoint = fileURLToPath(new URL('../src/browser-entry.ts', import.meta.url))
const bundle = await build({
  entryPoints: [entryPoint],
  bundle: true,
  format: 'iife',
  platform: 'browser',
  write: false,
})
const script = bundle.outputFiles[0]?.text ?? ''

const mock = await createMock({ static: true })
const site = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'))
await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
const browser = await launchBrowser()
afterAll(() => Promise.all([browser.close(), mock.close(), site.close()]))

const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
await page.addScriptTag({ content: script })

function run(operation: OperationCase, credentials: BrowserCall['credentials'], example: ExampleCase) {
  const call: BrowserCall = {
    service: operation.service,
    operation: operation.id,
    endpoint: mock.url(operation.service),
    options: getClientOptions(operation.service),
    credentials,
    args: createPlainArgs(operation),
    files: listFileFields(operation),
    headers: createHeaders(operation, example),
  }
  return page.evaluate(argument => globalThis.runCall(argument), call)
}

test('the page has another origin than the mock, so every call is a cross-origin request', () => {
  expect(new URL(page.url()).origin).not.toBe(mock.origin)
})

/**
 * All operations if `ALL_OPERATIONS` is set, as in `pnpm test:long`. Otherwise, one operation per service, HTTP method and kind of request
 * body.
 */
const testedOperations = process.env['ALL_OPERATIONS']
  ? operations
  : [...new Map(operations.map(operation => [describeRequest(operation), operation])).values()]

function describeRequest(operation: OperationCase): string {
  const { service, method } = operation
  return `${service} ${method} ${listFileFields(operation).length > 0 ? 'with files' : ''}`
}

describe.each(testedOperations.map(operation => [formatTitle(operation), operation] as const))('%s', (_, operation) => {
  test.each(listCredentialKinds(operation))(
    'returns every success example with credentials of type %s',
    async credentials => {
      for (const example of operation.successes) {
        expect(await run(operation, credentials, example)).toStrictEqual({ body: example.value })
      }
    },
  )

  test('throws the specified error for every failure example', async () => {
    const rules = documents.get(operation.service)?.['x-errors']
    if (!rules) throw new Error(`specs/${operation.service} has no x-errors.`)
    for (const example of operation.failures) {
      const { class: name, message, ...expected } = getExpectedFailure(example, rules)
      const { status, value: body } = example
      expect(await run(operation, 'token', example)).toMatchObject({
        error: {
          ...expected,
          name,
          status,
          body,
          requestId: expected.requestId ?? expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      })
    }
  })
})
