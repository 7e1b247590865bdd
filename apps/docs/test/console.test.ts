import { createMock, type Mock } from '@jobscope/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { services } from '../src/lib/bundle.ts'
import { lastOperationOfEachService, lastOperationOfEachTag } from './all-operations.ts'
import { openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
let mock: Mock
/** One tab for all read-only tests, so that Scalar is loaded once. */
let tab: Awaited<ReturnType<typeof openWatchedPage>>
beforeAll(async () => {
  ;[site, mock] = await Promise.all([openSite(), createMock()])
  tab = await openWatchedPage(await site.browser.newContext())
})
afterAll(() => Promise.all([site?.close(), mock?.close()]))

test.each(services)('a click on Send in the %s console gets a successful response from the mock', async service => {
  const context = await site.browser.newContext()
  const { page, problems } = await openWatchedPage(context)
  await page.goto(`${site.origin}/console/${service}/?mock=${mock.origin}`)
  await page
    .getByRole('button', { name: /^Test Request/ })
    .first()
    .click()

  const responsePromise = page.waitForResponse(response => response.url().startsWith(mock.url(service)))
  await page.getByRole('button', { name: /^Send/ }).first().click()
  const response = await responsePromise
  // 201 if the first operation of the service creates something.
  expect([200, 201]).toContain(response.status())
  expect(await response.request().headerValue('x-auth-token')).toBeTruthy()
  await page.getByText(`${response.status()} ${response.statusText()}`).first().waitFor()
  expect(problems).toEqual([])
  await context.close()
})

test.each(process.env['ALL_OPERATIONS'] ? lastOperationOfEachTag() : lastOperationOfEachService())(
  'the page of $service $operationId links to the operation in the console',
  async operation => {
    const { page, problems } = tab
    problems.length = 0
    await page.goto(site.origin + operation.page)
    await page.getByRole('link', { name: 'Try it in the console' }).click()
    const heading = page.locator('#console').getByRole('heading', { name: operation.summary }).first()
    await heading.waitFor()
    await expect.poll(() => heading.evaluate(each => each.getBoundingClientRect().top)).toBeLessThan(400)
    expect(await heading.evaluate(each => each.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0)
    expect(problems).toEqual([])
  },
)

test('the console accepts another mock origin only on this machine', async () => {
  const context = await site.browser.newContext()
  const { page } = await openWatchedPage(context)
  const getShownOrigins = async (query: string) => {
    await page.goto(`${site.origin}/console/dli/${query}`)
    await page
      .getByRole('button', { name: /^Test Request/ })
      .first()
      .waitFor()
    return [
      await page.textContent('#mock'),
      await page
        .getByText(/^http:\/\/.*\/dli$/)
        .first()
        .textContent(),
    ]
  }
  expect(await getShownOrigins('?mock=http://127.0.0.1:4999')).toEqual([
    'http://127.0.0.1:4999',
    'http://127.0.0.1:4999/dli',
  ])
  expect(await getShownOrigins('?mock=http://example.com')).toEqual([
    'http://127.0.0.1:4010',
    'http://127.0.0.1:4010/dli',
  ])
  await context.close()
})

test('the theme button of the console changes the theme of the whole site', async () => {
  const context = await site.browser.newContext({ colorScheme: 'dark' })
  const { page, problems } = await openWatchedPage(context)
  await page.goto(`${site.origin}/console/dli/`)
  await page.locator('body.dark-mode').waitFor()
  await page.getByRole('button', { name: 'Switch between dark and light theme' }).click()
  await page.locator('body.light-mode').waitFor()
  await page.goto(site.origin)
  expect(await page.getAttribute('html', 'data-theme')).toBe('light')
  expect(problems).toEqual([])
  await context.close()
})
