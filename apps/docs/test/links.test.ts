import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DIST, listBuiltPages } from './serve-site.ts'

const getFile = (path: string) => join(DIST, path.endsWith('/') ? `${path}index.html` : path)
const readHtml = (path: string) => readFileSync(getFile(path), 'utf8')
const readAttributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<[a-z][^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '')

describe('links', () => {
  test.each(listBuiltPages())('all internal links of %s have a target', path => {
    const html = readHtml(path)
    const broken = [...readAttributes(html, 'href'), ...readAttributes(html, 'src')].filter(link => {
      const url = new URL(link.replaceAll('&amp;', '&'), `http://site${path}`)
      if (url.host !== 'site' || !url.protocol.startsWith('http')) return false
      const target = decodeURI(url.pathname)
      const file = getFile(target)
      if (!existsSync(file) || statSync(file).isDirectory()) return true
      // JavaScript creates the content of a console, so this test cannot check links into consoles. console.test.ts
      // checks them.
      if (target.startsWith('/console/')) return false
      return url.hash !== '' && !readAttributes(readHtml(target), 'id').includes(decodeURIComponent(url.hash.slice(1)))
    })
    expect(broken).toEqual([])
  })
})
