import type { BrowserContext } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastOperationOfEachTag, listAllOperations } from './all-operations.ts'
import { openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
let context: BrowserContext
beforeAll(async () => {
  site = await openSite()
  context = await site.browser.newContext()
})
afterAll(() => site?.close())

// One of each service.
const sought = lastOperationOfEachTag().filter(
  (one, index, all) => all.findIndex(other => other.service === one.service) === index,
)

test.each(sought)('search finds the page of $service $operationId', async ({ operationId, page: path }) => {
  const { page, trouble } = await openWatchedPage(context)
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByPlaceholder('Search').fill(operationId)
  const result = page.locator(`.pagefind-ui__result-link[href^="${path}"]`).first()
  await result.click()
  await page.waitForURL(url => url.pathname === path)
  expect(trouble).toEqual([])
  await page.close()
})

/** What the search shows before anybody asks for more. */
const SHOWN = 5

test('every operation is among the first results for its name', async () => {
  const { page, trouble } = await openWatchedPage(context)
  await page.goto(site.origin)
  const operations = listAllOperations().map(({ operationId, page }) => ({ operationId, page }))
  const lost = await page.evaluate(`(${missing})(${JSON.stringify(operations)}, ${SHOWN})`)
  expect(lost).toEqual([])
  expect(trouble).toEqual([])
  await page.close()
})

/** In the page: what the search box asks, without the third of a second for which it waits for another key. */
const missing = `async (operations, shown) => {
  const { search } = await import('/pagefind/pagefind.js')
  const found = await Promise.all(
    operations.map(async ({ operationId, page }) => {
      const { results } = await search(operationId)
      const first = await Promise.all(results.slice(0, shown).map(result => result.data()))
      return first.some(({ url }) => url === page)
    }),
  )
  return operations.filter((_, index) => !found[index])
}`
