import type { BrowserContext } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchRanking } from '../src/lib/search-ranking.ts'
import { lastOperationOfEachService, listAllOperations } from './all-operations.ts'
import { openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
let context: BrowserContext
beforeAll(async () => {
  site = await openSite()
  context = await site.browser.newContext()
})
afterAll(() => site?.close())

test.each(lastOperationOfEachService())(
  'search finds the page of $service $operationId',
  async ({ operationId, page: path }) => {
    const { page, problems } = await openWatchedPage(context)
    await page.goto(site.origin)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByPlaceholder('Search').fill(operationId)
    const result = page.locator(`.pagefind-ui__result-link[href^="${path}"]`).first()
    await result.click()
    await page.waitForURL(url => url.pathname === path)
    expect(problems).toEqual([])
    await page.close()
  },
)

test.each([
  ['deadline', '/hung-jobs/'],
  ['hung', '/hung-jobs/'],
  ['timeout', '/hung-jobs/'],
  ['job hangs', '/hung-jobs/'],
  ['killed', '/hung-jobs/'],
  ['AK/SK', '/credentials/'],
  ['proxy', '/proxies/'],
  ['HTTPS_PROXY', '/proxies/'],
  ['corporate proxy', '/proxies/'],
  ['cancel job', '/hung-jobs/'],
  ['orphan', '/hung-jobs/'],
  ['node version', '/node-versions/'],
  ['supported node versions', '/node-versions/'],
  ['which Node versions are supported', '/node-versions/'],
  ['minimum node', '/node-versions/'],
  ['CORS', '/browser/'],
  ['429', '/retries/'],
  ['token expired', '/credentials/'],
  ['region', '/credentials/'],
  ['require', '/commonjs/'],
  ['DLI.0999', '/error-codes/dli/'],
  ['WaitTimeoutError', '/errors/wait-timeout-error/'],
])('a search for "%s" lists %s first', async (query, path) => {
  const { page } = await openWatchedPage(context)
  await page.goto(site.origin)
  const args = [query, searchRanking].map(arg => JSON.stringify(arg))
  expect(await page.evaluate(`(${findFirst})(${args})`)).toBe(path)
  await page.close()
})

/** Runs in the page. Returns the path of the first result. */
const findFirst = `async (query, ranking) => {
  const { options, search } = await import('/pagefind/pagefind.js')
  await options({ ranking })
  const { results } = await search(query)
  return (await results[0]?.data())?.url
}`

/** The number of results that the search shows at first. */
const SHOWN = 5

test('every operation is among the first results for its name', async () => {
  const { page, problems } = await openWatchedPage(context)
  await page.goto(site.origin)
  const operations = listAllOperations().map(({ operationId, page }) => ({ operationId, page }))
  const args = [operations, SHOWN, searchRanking].map(arg => JSON.stringify(arg))
  const missing = await page.evaluate(`(${findMissing})(${args})`)
  expect(missing).toEqual([])
  expect(problems).toEqual([])
  await page.close()
})

/** This function runs in the page. It searches like the search box, but without the debounce delay of 0.3 s. */
const findMissing = `async (operations, shown, ranking) => {
  const { options, search } = await import('/pagefind/pagefind.js')
  await options({ ranking })
  const found = await Promise.all(
    operations.map(async ({ operationId, page }) => {
      const { results } = await search(operationId)
      const first = await Promise.all(results.slice(0, shown).map(result => result.data()))
      return first.some(({ url }) => url === page)
    }),
  )
  return operations.filter((_, index) => !found[index])
}`
