import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DIST, listBuiltPages } from './serve-site.ts'

const getFile = (path: string) => join(DIST, path.endsWith('/') ? `${path}index.html` : path)

test('the median of the HTML of all pages is at most 60 kB', () => {
  const sizes = listBuiltPages()
    .map(path => statSync(getFile(path)).size)
    .sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60_000)
})

test('the sidebar of an operation page has the current operation, but no operations of other tags', () => {
  const html = readFileSync(getFile('/reference/dli/operations/getbatch/'), 'utf8')
  const sidebar = /<sl-sidebar-pane.*?<\/sl-sidebar-pane>/s.exec(html)?.[0] ?? ''
  expect(sidebar).toMatch(/href="\/reference\/dli\/operations\/getbatch\/" aria-current="page"/)
  expect(sidebar).toContain('href="/reference/dli/#sql-jobs"')
  expect(sidebar).not.toContain('submitsqljob')
  expect([...sidebar.matchAll(/<a /g)].length).toBeLessThan(60)
})
