import type { Page } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPages, openSite, openWatchedPage, type Site } from './serve-site.ts'

let site: Site
/** One tab for all pages, as a reader has: it loads what they share once. */
let tab: Awaited<ReturnType<typeof openWatchedPage>>
beforeAll(async () => {
  site = await openSite()
  tab = await openWatchedPage(await site.browser.newContext())
})
afterAll(() => site?.close())

test.each(builtPages())('%s loads without errors, talks to nobody else, and fits a desk and a phone', async path => {
  const { page, trouble } = tab
  trouble.length = 0
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(site.origin + path)
  await isAlive(page, path)
  expect(await page.title()).toContain('Jobscope')
  expect(await excess(page)).toEqual([])

  await page.setViewportSize({ width: 390, height: 844 })
  await isAlive(page, path)
  expect(await excess(page)).toEqual([])
  expect(trouble).toEqual([])
})

test('a page that sends something elsewhere, or fails, is noticed', async () => {
  const context = await site.browser.newContext()
  const { page, trouble } = await openWatchedPage(context)
  await page.goto(`${site.origin}/404.html`)
  await page.setContent(`<img src="https://example.com/a.png"><script>console.error('oh')</script>`)
  expect(trouble).toContain('console: oh')
  expect(trouble).toContain('request to https://example.com/a.png')
  await context.close()
})

test('a page that is too wide is noticed, and what makes it so', async () => {
  const context = await site.browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.setContent('<p>text</p><pre style="width: 600px">long</pre>')
  expect(await excess(page)).toEqual(['pre'])
  await context.close()
})

/** Waits until the scripts of a page have done their work: the search can be used, or the console has its buttons. */
async function isAlive(page: Page, path: string): Promise<void> {
  const sign = path.startsWith('/console/')
    ? page.getByRole('button', { name: /^Test Request/ }).first()
    : page.locator('site-search button[data-open-modal]:not([disabled])')
  await sign.waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => true))
}

/** Elements that make a page scroll sideways; none if it does not. */
function excess(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
      element => element.getBoundingClientRect().right > clientWidth + 0.5,
    )
    return wide.map(element => [element.localName, ...element.classList].join('.'))
  })
}
