import { createMock, type Mock } from '@jobscope/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBundle, services } from '../src/lib/bundle.ts'
import { listConsoleOperations } from '../src/lib/console-operations.ts'
import { lastOperationOfEachService, lastOperationOfEachTag } from './all-operations.ts'
import { openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
let mock: Mock
/** One tab for all read-only tests, so that shared files are loaded once. */
let tab: Awaited<ReturnType<typeof openWatchedPage>>
beforeAll(async () => {
  ;[site, mock] = await Promise.all([openSite(), createMock()])
  tab = await openWatchedPage(await site.browser.newContext({ viewport: { width: 390, height: 844 } }))
})
afterAll(() => Promise.all([site?.close(), mock?.close()]))

test.each(services)('a click on Send in the %s console shows a successful response of the mock', async service => {
  const { page, problems } = tab
  problems.length = 0
  await page.goto(`${site.origin}/console/${service}/?mock=${mock.origin}`)
  await page.getByRole('button', { name: 'Send' }).click()
  const status = page.getByRole('status')
  await status.waitFor()
  // The status is 201 if the first operation of the service creates something.
  expect(await status.textContent()).toMatch(/^20[01] /)
  expect(problems).toEqual([])
})

test('after Send at a width of 390 px, the status is visible and the response has the focus', async () => {
  const { page } = tab
  await page.goto(`${site.origin}/console/dli/?mock=${mock.origin}#getBatch`)
  await page.getByRole('button', { name: 'Send' }).click()
  const status = page.getByRole('status')
  await status.waitFor()
  const { top, bottom } = await status.evaluate(element => element.getBoundingClientRect().toJSON())
  expect(top).toBeGreaterThan(0)
  expect(bottom).toBeLessThan(844)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('response')
})

test('sends an optional parameter only if its box is checked, and checks the box when the value is changed', async () => {
  const { page } = tab
  await page.goto(`${site.origin}/console/dli/?mock=${mock.origin}#listBatches`)
  const boxes = page.locator('#parameters input[type=checkbox]')
  expect(await boxes.count()).toBeGreaterThan(1)
  expect(await page.locator('#parameters input[type=checkbox]:checked').count()).toBe(0)
  await page.getByLabel('size', { exact: true }).fill('1')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('status').waitFor()
  expect(await page.locator('#request').textContent()).toMatch(/\/batches\?size=1 /)
})

test('if the mock cannot be reached, the console says how to start the mock', async () => {
  const context = await site.browser.newContext()
  const page = await context.newPage()
  await page.goto(`${site.origin}/console/cs/?mock=http://127.0.0.1:1`)
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Cannot reach http://127.0.0.1:1').waitFor()
  await page.getByText('Start the mock with').waitFor()
  await context.close()
})

test('every operation of every service is in its console, with its required parameters filled in', () => {
  for (const service of services) {
    for (const { operationId, parameters } of listConsoleOperations(readBundle(service))) {
      const missing = parameters.filter(({ required, example }) => required && example === undefined)
      expect(missing, operationId).toEqual([])
    }
  }
})

test.each(process.env['ALL_OPERATIONS'] ? lastOperationOfEachTag() : lastOperationOfEachService())(
  'the page of $service $operationId links to the operation in the console, and the console links back',
  async operation => {
    const { page, problems } = tab
    problems.length = 0
    await page.goto(site.origin + operation.page)
    await page.getByRole('link', { name: 'Try it in the console' }).click()
    await page.getByRole('heading', { name: operation.summary, level: 2 }).waitFor()
    await page.getByRole('link', { name: 'Reference', exact: true }).click()
    await page.waitForURL(url => url.pathname === operation.page)
    expect(problems).toEqual([])
  },
)

test('the console accepts another mock origin only on this machine', async () => {
  const { page } = tab
  const getShownOrigin = async (query: string) => {
    await page.goto(`${site.origin}/console/dli/${query}`)
    await page.locator('#send:not([disabled])').waitFor()
    return page.textContent('#mock')
  }
  expect(await getShownOrigin('?mock=http://127.0.0.1:4999')).toBe('http://127.0.0.1:4999')
  expect(await getShownOrigin('?mock=http://example.com')).toBe('http://127.0.0.1:4010')
})
