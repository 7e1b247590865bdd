import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastOfEachGroup } from './operations.ts'
import { openSite, type Site, watchedPage } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

// One of each service.
const sought = lastOfEachGroup().filter(
  (one, index, all) => all.findIndex(other => other.service === one.service) === index,
)

test.each(sought)('search finds the page of $service $operationId', async ({ operationId, page: path }) => {
  const context = await site.browser.newContext()
  const { page, trouble } = await watchedPage(context)
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByPlaceholder('Search').fill(operationId)
  const result = page.locator(`.pagefind-ui__result-link[href^="${path}"]`).first()
  await result.click()
  await page.waitForURL(url => url.pathname === path)
  expect(trouble).toEqual([])
  await context.close()
})
