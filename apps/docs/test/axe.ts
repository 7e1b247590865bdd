import type { BrowserContext, Page } from '@jobscope/browser'
import axe from 'axe-core'
import type { Site } from './serve-site.ts'

export const THEMES = ['dark', 'light'] as const

/** Opens a page for checks in one theme and size. */
export function openPage(site: Site, theme: (typeof THEMES)[number], width = 1280): Promise<[BrowserContext, Page]> {
  return site.browser
    .newContext({ colorScheme: theme, viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    .then(async context => [context, await context.newPage()])
}

/** Returns the violations that axe finds: `rule: selector`. All folded parts of the page are opened first. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
  await page.evaluate(axe.source)
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ': ' + target.join(' ') + ' ' + failureSummary.split('\\n').slice(1, 2).join('').trim())))`)
}
