import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listEntryPoints } from '@jobscope/api/entry-points'
import { expect, test } from 'vitest'
import type { ApiModule } from '../src/api-reference/api-index.ts'
import { DIST, listBuiltPages } from './serve-site.ts'

const modules: readonly ApiModule[] = JSON.parse(
  readFileSync(new URL('../.cache/api-reference/index.json', import.meta.url), 'utf8'),
)
const read = (path: string) => readFileSync(join(DIST, path, 'index.html'), 'utf8')
const readMain = (path: string) => /<main.*<\/main>/s.exec(read(path))?.[0] ?? ''

test('every entry point of every published package, and every exported name, has a page', () => {
  expect(modules.map(({ specifier }) => specifier)).toEqual(
    listEntryPoints()
      .map(({ specifier }) => specifier)
      .sort((a, b) => a.localeCompare(b)),
  )
  const paths = modules.flatMap(({ path, symbols }) => [path, ...symbols.map(symbol => symbol.path)])
  expect(paths.length).toBeGreaterThan(300)
  const pages = new Set(listBuiltPages())
  expect(paths.filter(path => !pages.has(path))).toEqual([])
})

test('the page of a function has its import, parameters, errors and example, and links to the guides that use it', () => {
  const main = readMain('/api/core/functions/aksk/')
  const text = main.replaceAll(/<[^>]+>/g, '')
  for (const part of [
    "import { aksk } from '@jobscope/core'",
    'Parameters',
    'AkskOptions',
    'Throws',
    'const credentials = aksk(',
  ])
    expect(text).toContain(part)
  expect(main).toContain('href="/credentials/"')
})

test('a guide and the page of an error class link to the API reference of the functions that they use', () => {
  expect(readMain('/credentials/')).toContain('href="/api/core/functions/aksk/"')
  expect(readMain('/errors/wait-timeout-error/')).toContain('href="/api/core/functions/iswaittimeouterror/"')
})

test('the sidebar of an API page has only the names of the current package', () => {
  const sidebar = /<sl-sidebar-pane.*?<\/sl-sidebar-pane>/s.exec(read('/api/contract/variables/rules/'))?.[0] ?? ''
  expect(sidebar).toContain('href="/api/contract/variables/rules/" aria-current="page"')
  expect(sidebar).toContain('href="/api/core/"')
  expect(sidebar).not.toContain('href="/api/core/functions/aksk/"')
})

test('the API reference contains no name that is generated from the specs', () => {
  const names = modules.flatMap(({ symbols }) => symbols.map(({ name }) => name))
  expect(names).not.toContain('DliMethods')
  expect(names).not.toContain('GetBatchResponse')
})
