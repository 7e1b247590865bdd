import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SITE = 'https://docs.example.com'
const BASE = '/jobscope'
const dist = mkdtempSync(join(tmpdir(), 'docs-deployment-'))
const read = (path: string) => readFileSync(join(dist, path), 'utf8')

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/build-site.ts', '--outDir', dist], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, DOCS_SITE: SITE, DOCS_BASE: BASE },
    maxBuffer: 2 ** 26,
  })
}, 600_000)
afterAll(() => rmSync(dist, { recursive: true }))

test('a page has its canonical address and an image for previews', () => {
  const html = read('quickstart/index.html')
  expect(html).toContain(`<link rel="canonical" href="${SITE}${BASE}/quickstart/"`)
  expect(html).toContain(`<meta property="og:image" content="${SITE}${BASE}/og.png"`)
  expect(existsSync(join(dist, 'og.png'))).toBe(true)
})

test('robots.txt, the sitemap and llms.txt have absolute addresses', () => {
  expect(read('robots.txt')).toContain(`Sitemap: ${SITE}${BASE}/sitemap-index.xml`)
  expect(read('sitemap-0.xml')).toContain(`<loc>${SITE}${BASE}/reference/dli/operations/getbatch/</loc>`)
  expect(read('llms.txt')).toContain(`(${SITE}${BASE}/quickstart/index.md)`)
  expect(read('changelog.xml')).toContain(`<link>${SITE}${BASE}/changelog/</link>`)
})

test('every link of every page contains the base path and has a target', () => {
  const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'))
  const broken = pages.flatMap(page => {
    const links = [...read(page).matchAll(/\s(?:href|src|data-operations)="(\/[^"]*)"/g)].map(([, link]) => link ?? '')
    return links.filter(link => {
      const path = new URL(link, SITE).pathname
      const file = path.startsWith(`${BASE}/`) ? path.slice(BASE.length + 1) : undefined
      return file === undefined || !existsSync(join(dist, path.endsWith('/') ? `${file}index.html` : file))
    })
  })
  expect([...new Set(broken)]).toEqual([])
})
