import type { BrowserContext, Page } from '@jobscope/browser'
import axe from 'axe-core'
import type { Site } from './serve-site.ts'

export const THEMES = ['dark', 'light'] as const

/** Opens a page in one theme and one size, so that axe can check the page. */
export function openPage(site: Site, theme: (typeof THEMES)[number], width = 1280): Promise<[BrowserContext, Page]> {
  return site.browser
    .newContext({ colorScheme: theme, viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    .then(async context => [context, await context.newPage()])
}

/** The rules of axe whose result depends on the theme. */
const THEME_RULES = ['color-contrast', 'link-in-text-block']

/**
 * Returns the violations that axe finds: `rule: selector`. Opens all folded parts of the page first.
 *
 * @param rules the rules to check. @default all
 */
export async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
  await page.evaluate(axe.source)
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  return page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ': ' + target.join(' ') + ' ' + failureSummary.split('\\n').slice(1, 2).join('').trim())))`)
}

/** Returns the violations of a page in both themes. The page must be open in the dark theme. */
export async function findViolationsInBothThemes(page: Page): Promise<string[]> {
  const inDarkTheme = await findViolations(page)
  // The theme selector of the site sets the same attribute.
  await page.evaluate("document.documentElement.dataset.theme = 'light'")
  const inLightTheme = await findViolations(page, THEME_RULES)
  return [...inDarkTheme, ...inLightTheme.map(violation => `light theme: ${violation}`)]
}
