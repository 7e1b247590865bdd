import type { APIRoute } from 'astro'
import { markdownToHtml } from 'satteri'
import { readReleases } from '../lib/changelog.ts'

/** A feed (RSS 2.0) of the versions of all packages. */
export const GET: APIRoute = ({ site, url }) => {
  const page = new URL('changelog/', new URL(url.pathname, site ?? url.origin))
  const items = readReleases().map(({ id, title, text }) => {
    const link = `${page}#${id}`
    return `<item><title>${escapeXml(title)}</title><link>${link}</link><guid>${link}</guid><description>${escapeXml(markdownToHtml(text).html)}</description></item>`
  })
  const channel = `<title>Jobscope changelog</title><link>${page}</link><description>New versions of the Jobscope packages</description>`
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>${channel}${items.join('')}</channel></rss>\n`,
    { headers: { 'content-type': 'application/rss+xml' } },
  )
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
