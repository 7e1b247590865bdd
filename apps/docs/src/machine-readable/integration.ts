import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { addBase } from './add-base.ts'
import { buildLlmsFullTxt, buildLlmsTxt, type ListedPage } from './llms.ts'
import { readPage } from './page-markdown.ts'

/** An Astro integration that writes the Markdown of each page, `llms.txt`, `llms-full.txt` and `robots.txt` after a build. */
export function machineReadable(): AstroIntegration {
  let base = '/'
  let site: string | undefined
  return {
    name: 'machine-readable',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base
        site = config.site
      },
      'astro:build:done': ({ dir }) => {
        const getUrl = (path: string) => new URL(base.replace(/\/$/, '') + path, site ?? 'http://localhost').href
        const getAddress = (path: string) => (site ? getUrl(path) : base.replace(/\/$/, '') + path)
        const pages = listPages(dir).flatMap((path): ListedPage[] => {
          const file = new URL(`.${path}${path.endsWith('/') ? 'index.html' : ''}`, dir)
          const html = readFileSync(file, 'utf8')
          writeFileSync(file, addBase(html, base))
          const page = path.endsWith('/') ? readPage(html) : undefined
          if (!page) return []
          writeFileSync(new URL(`.${path}index.md`, dir), `# ${page.title}\n\n${page.markdown}`)
          return [{ ...page, path, markdownUrl: getAddress(`${path}index.md`) }]
        })
        writeFileSync(new URL('llms.txt', dir), buildLlmsTxt(pages))
        writeFileSync(new URL('llms-full.txt', dir), buildLlmsFullTxt(pages))
        const sitemap = site ? `\nSitemap: ${getUrl('/sitemap-index.xml')}\n` : ''
        writeFileSync(new URL('robots.txt', dir), `User-agent: *\nAllow: /\n${sitemap}`)
      },
    },
  }
}

/** Returns the paths of all pages, except the 404 page: `/`, `/quickstart/`, … */
function listPages(dir: URL): string[] {
  const files = readdirSync(fileURLToPath(dir), { recursive: true, encoding: 'utf8' })
  return files
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.html'))
    .map(file => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .sort()
}
