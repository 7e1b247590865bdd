import { afterAll, beforeAll, expect, test } from 'vitest'
import { services } from '../src/lib/bundle.ts'
import { allOperations } from './operations.ts'
import { openSite, type Site, watchedPage } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test.each(services)('search finds the page of every operation of %s', async service => {
  const context = await site.browser.newContext()
  const { page, trouble } = await watchedPage(context)
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Search' }).click()
  const operations = allOperations().filter(operation => operation.service === service)
  const link = (path: string) => page.locator(`.pagefind-ui__result-link[href^="${path}"]`).first()
  for (const { operationId, page: path } of operations) {
    await page.getByPlaceholder('Search').fill(operationId)
    await link(path).waitFor()
  }
  const last = operations.at(-1)?.page as string
  await link(last).click()
  await page.waitForURL(url => url.pathname === last)
  expect(trouble).toEqual([])
  await context.close()
})
