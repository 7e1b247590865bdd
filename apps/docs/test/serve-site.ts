import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, launchBrowser, type Page } from '@jobscope/browser'
import sirv from 'sirv'

/** The folder of the built site. `pnpm test` uses `dist`, and `pnpm test:long` uses `site`, which has the API reference. */
export const DIST = fileURLToPath(new URL(`../${process.env['BUILT_SITE'] ?? 'dist'}`, import.meta.url))

/** Returns the paths of all built pages: `/`, `/quickstart/`, … */
export function listBuiltPages(): string[] {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'))
  if (files.length === 0) throw new Error('The site has not been built. Run `pnpm build` first.')
  return files.map(file => `/${file.replace(/(^|\/)index\.html$/, '$1')}`).sort()
}

export interface Site {
  readonly origin: string
  readonly browser: Browser
  close(): Promise<void>
}

/** Serves the built site with a static server on a free port, and launches a browser. */
export async function openSite(): Promise<Site> {
  // The server sets a cache lifetime, so that the pages of one browser context load shared files once.
  const serve = sirv(DIST, { maxAge: 3600 })
  const server = createServer((request, response) => serve(request, response, () => void response.writeHead(404).end()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    browser,
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Opens a page, and records errors and requests to other machines in `problems`. The browser blocks these requests. */
export async function openWatchedPage(context: BrowserContext): Promise<{ page: Page; problems: string[] }> {
  const problems: string[] = []
  const page = await context.newPage()
  // This function uses an event instead of page.route(), because page.route() disables the cache.
  page.on('request', request => {
    if (!['127.0.0.1', ''].includes(new URL(request.url()).hostname)) problems.push(`request to ${request.url()}`)
  })
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => problems.push(`error: ${error.message}`))
  page.on('response', response => {
    if (response.status() >= 400) problems.push(`${response.status()} for ${response.url()}`)
  })
  return { page, problems }
}
