import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, launchBrowser, type Page } from '@jobscope/browser'
import sirv from 'sirv'

export const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** Addresses of all built pages: `/`, `/quickstart/`, … */
export function builtPages(): string[] {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'))
  if (files.length === 0) throw new Error('There is no built site. Run `pnpm build` first; turbo does so by itself.')
  return files.map(file => `/${file.replace(/(^|\/)index\.html$/, '$1')}`).sort()
}

export interface Site {
  readonly origin: string
  readonly browser: Browser
  close(): Promise<void>
}

/** The built site behind a plain static server on a free port, and a browser to look at it with. */
export async function openSite(): Promise<Site> {
  // With a lifetime, so that the pages of one context share what they load.
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

/** A page that writes down what should not happen: errors, and requests to anywhere but this machine (which the browser refuses). */
export async function openWatchedPage(context: BrowserContext): Promise<{ page: Page; trouble: string[] }> {
  const trouble: string[] = []
  const page = await context.newPage()
  // Looked at, not routed: a page that is routed has no cache.
  page.on('request', request => {
    if (!['127.0.0.1', ''].includes(new URL(request.url()).hostname)) trouble.push(`request to ${request.url()}`)
  })
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => trouble.push(`error: ${error.message}`))
  page.on('response', response => {
    if (response.status() >= 400) trouble.push(`${response.status()} for ${response.url()}`)
  })
  return { page, trouble }
}
