import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations, openPage, THEMES } from './axe.ts'
import { listBuiltPages, openSite, type Site } from './serve-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test.each(THEMES)('axe finds no violation on any page in the %s theme', { timeout: 1_200_000 }, async theme => {
  const [context, page] = await openPage(site, theme)
  const found: Record<string, string[]> = {}
  for (const path of listBuiltPages()) {
    await page.goto(site.origin + path)
    const violations = await findViolations(page)
    if (violations.length > 0) found[path] = violations
  }
  expect(found).toEqual({})
  await context.close()
})
