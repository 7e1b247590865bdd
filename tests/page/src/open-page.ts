import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from '@jobscope/browser'
import { onTestFinished } from 'vitest'

/** A page, and everything that went wrong in it: errors, warnings, failed requests and requests to other machines. */
export interface OpenedPage {
  readonly page: Page
  readonly problems: string[]
}

/** Opens a page in a new browser context, and closes it after the test. */
export async function openPage(
  browser: Browser,
  link: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<OpenedPage> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  return openTab(context, link)
}

export async function openTab(context: BrowserContext, link: string): Promise<OpenedPage> {
  const problems: string[] = []
  const page = await context.newPage()
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => problems.push(`error: ${error.message}`))
  page.on('request', request => {
    if (new URL(request.url()).hostname !== '127.0.0.1') problems.push(`request to ${request.url()}`)
  })
  page.on('response', response => {
    if (response.status() >= 400) problems.push(`${response.status()} for ${response.url()}`)
  })
  await page.goto(link)
  return { page, problems }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Returns the violations of accessibility rules that axe finds. Each violation has the rule and the element. */
export async function findViolations(page: Page): Promise<string[]> {
  // The content security policy of the page forbids scripts that are added to the document, so this function evaluates the script.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  })
}
