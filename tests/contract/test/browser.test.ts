import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@jobscope/browser'
import { createMock } from '@jobscope/mock'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { filesOf, headersOf, plainArgsOf } from '../src/args.ts'
import type { BrowserCall } from '../src/browser-entry.ts'
import { documents } from '../src/document.ts'
import { expectedFailure } from '../src/failures.ts'
import { clientOptions, formsFor } from '../src/harness.ts'
import { type ExampleCase, type OperationCase, operations, title } from '../src/operations.ts'

/** The clients in a real browser, calling the mock from a page of another origin. */

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
    options: clientOptions(operation.service),
    credentials,
    args: plainArgsOf(operation),
    files: filesOf(operation),
    headers: headersOf(operation, example),
  }
  return page.evaluate(given => globalThis.runCall(given), call)
}

test('the page is of another origin than the mock, so that every call is a cross-origin one', () => {
  expect(new URL(page.url()).origin).not.toBe(mock.origin)
})

describe.each(operations.map(operation => [title(operation), operation] as const))('%s', (_, operation) => {
  test.each(formsFor(operation))('with %s', async credentials => {
    for (const example of operation.successes) {
      expect(await run(operation, credentials, example)).toStrictEqual({ body: example.value })
    }
  })

  test('failures are typed errors', async () => {
    const rules = documents.get(operation.service)?.['x-errors']
    if (!rules) throw new Error(`specs/${operation.service} has no x-errors.`)
    for (const example of operation.failures) {
      const { class: name, message, ...expected } = expectedFailure(example, rules)
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
