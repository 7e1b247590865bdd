import type { Page } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isUntestedApiPage, isUntestedOperationPage } from './all-operations.ts'
import { listBuiltPages, openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
/** One tab for all pages, so that shared files are loaded once. */
let tab: Awaited<ReturnType<typeof openWatchedPage>>
beforeAll(async () => {
  site = await openSite()
  tab = await openWatchedPage(await site.browser.newContext())
})
afterAll(() => site?.close())

const pages = listBuiltPages()
test.each(pages.filter(path => !isUntestedOperationPage(path) && !isUntestedApiPage(path, pages)))(
  '%s loads without errors or external requests, and does not scroll sideways at 1280 and 390 px',
  async path => {
    const { page, problems } = tab
    problems.length = 0
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(site.origin + path)
    await waitForScripts(page, path)
    expect(await page.title()).toContain('Jobscope')
    expect(await findWideElements(page)).toEqual([])

    await page.setViewportSize({ width: 390, height: 844 })
    await waitForScripts(page, path)
    expect(await findWideElements(page)).toEqual([])
    expect(problems).toEqual([])
  },
)

test('detects external requests and console errors', async () => {
  const context = await site.browser.newContext()
  const { page, problems } = await openWatchedPage(context)
  await page.goto(`${site.origin}/404.html`)
  await page.setContent(`<img src="https://example.com/a.png"><script>console.error('oh')</script>`)
  expect(problems).toContain('console: oh')
  expect(problems).toContain('request to https://example.com/a.png')
  await context.close()
})

test('detects elements that are too wide', async () => {
  const context = await site.browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.setContent('<p>text</p><pre style="width: 600px">long</pre>')
  expect(await findWideElements(page)).toEqual(['pre'])
  await context.close()
})

/** Waits until the scripts of a page have run: the search is enabled, and a console is ready. */
async function waitForScripts(page: Page, path: string): Promise<void> {
  await page.locator('site-search button[data-open-modal]:not([disabled])').waitFor()
  if (path.startsWith('/console/')) await page.locator('#send:not([disabled])').waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => true))
}

/** Returns the elements that make a page scroll sideways. */
function findWideElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
      element => element.getBoundingClientRect().right > clientWidth + 0.5,
    )
    return wide.map(element => [element.localName, ...element.classList].join('.'))
  })
}
