import { afterAll, beforeAll, expect, test } from 'vitest'
import { isUntestedApiPage } from './all-operations.ts'
import { findViolationsInBothThemes, openPage } from './axe.ts'
import { listBuiltPages, openSite, type Site } from './serve-site.ts'

const pages = listBuiltPages()
let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test('axe finds no violation in either theme on any page (API reference: only one page of each kind per module is checked)', {
  timeout: 1_800_000,
}, async () => {
  const [context, page] = await openPage(site, 'dark')
  const found: Record<string, string[]> = {}
  for (const path of pages.filter(path => !isUntestedApiPage(path, pages))) {
    await page.goto(site.origin + path)
    const violations = await findViolationsInBothThemes(page)
    if (violations.length > 0) found[path] = violations
  }
  expect(found).toEqual({})
  await context.close()
})

test('finds a violation that exists only in the light theme', async () => {
  const [context, page] = await openPage(site, 'dark')
  await page.goto(`${site.origin}/404.html`)
  await page.addStyleTag({ content: "[data-theme='light'] p { background: #fff; color: #eee }" })
  await page.locator('main').evaluate(main => main.insertAdjacentHTML('beforeend', '<p>Hard to read</p>'))
  expect((await findViolationsInBothThemes(page)).join()).toMatch(/light theme: color-contrast/)
  await context.close()
})
