import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtPages, DIST } from './serve-site.ts'

const fileOf = (path: string) => join(DIST, path.endsWith('/') ? `${path}index.html` : path)
const htmlOf = (path: string) => readFileSync(fileOf(path), 'utf8')
const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<[a-z][^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '')

describe('links', () => {
  test.each(builtPages())('of %s lead somewhere', path => {
    const html = htmlOf(path)
    const broken = [...attributes(html, 'href'), ...attributes(html, 'src')].filter(link => {
      const url = new URL(link.replaceAll('&amp;', '&'), `http://site${path}`)
      if (url.host !== 'site' || !url.protocol.startsWith('http')) return false
      const target = decodeURI(url.pathname)
      const file = fileOf(target)
      if (!existsSync(file) || statSync(file).isDirectory()) return true
      // What is inside a console is there only once it runs; console.test.ts follows those links.
      if (target.startsWith('/console/')) return false
      return url.hash !== '' && !attributes(htmlOf(target), 'id').includes(decodeURIComponent(url.hash.slice(1)))
    })
    expect(broken).toEqual([])
  })
})
