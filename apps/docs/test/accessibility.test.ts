import { createMock, type Mock } from '@jobscope/mock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findViolations, openPage, THEMES } from './axe.ts'
import { openSite, type Site } from './serve-site.ts'

let site: Site
let mock: Mock
beforeAll(async () => {
  ;[site, mock] = await Promise.all([openSite(), createMock()])
})
afterAll(() => Promise.all([site?.close(), mock?.close()]))

/** One page of each type. accessibility.long.test.ts checks all pages. */
const PAGES = [
  '/',
  '/404.html',
  '/hung-jobs/',
  '/errors/api-error/',
  '/job-states/',
  '/changelog/',
  '/reference/dli/',
  '/reference/dli/operations/getbatch/',
]

describe.each(THEMES)('in the %s theme', theme => {
  test('axe finds no violation on a page of each type', async () => {
    const [context, page] = await openPage(site, theme)
    const found: Record<string, string[]> = {}
    for (const path of PAGES) {
      await page.goto(site.origin + path)
      const violations = await findViolations(page)
      if (violations.length > 0) found[path] = violations
    }
    expect(found).toEqual({})
    await context.close()
  })

  test('at a width of 390 px, axe finds no violation in a console after Send or in the open menu', async () => {
    const [context, page] = await openPage(site, theme, 390)
    await page.goto(`${site.origin}/console/dli/?mock=${mock.origin}`)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('status').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.goto(site.origin)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My Spark job hangs' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await context.close()
  })
})

test('search, sidebar and console can be used with the keyboard alone', async () => {
  const [context, page] = await openPage(site, 'light')
  await page.goto(site.origin)
  await page.locator('site-search button[data-open-modal]:not([disabled])').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search').waitFor()
  await page.keyboard.type('hung')
  await page.locator('.pagefind-ui__result-link').first().waitFor()
  await pressTabUntil("document.activeElement.matches('.pagefind-ui__result-link')")
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === '/hung-jobs/')

  await pressTabUntil(
    "document.activeElement.closest('.sidebar-content')?.querySelector('a') === document.activeElement",
  )
  await pressTabUntil("document.activeElement.getAttribute('href') === '/console/dli/'")
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === '/console/dli/')

  await page.goto(`${site.origin}/console/dli/?mock=${mock.origin}`)
  await page.locator('#send:not([disabled])').waitFor()
  await pressTabUntil("document.activeElement.id === 'operation'")
  await page.keyboard.press('ArrowDown')
  await page.getByRole('heading', { name: 'Create a Spark batch job' }).waitFor()
  await pressTabUntil("document.activeElement.id === 'send'")
  await page.keyboard.press('Enter')
  expect(await page.getByRole('status').textContent()).toMatch(/^\d{3} /)
  await context.close()

  async function pressTabUntil(condition: string): Promise<void> {
    for (let presses = 0; presses < 120; presses++) {
      if (await page.evaluate(condition)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`The tab key does not reach: ${condition}`)
  }
})
