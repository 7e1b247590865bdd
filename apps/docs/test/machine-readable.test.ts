import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DIST, listBuiltPages } from './serve-site.ts'

const read = (path: string) => readFileSync(join(DIST, path), 'utf8')
const pages = listBuiltPages().filter(path => path !== '/404.html')

test('llms.txt lists every page, and the Markdown of every page exists', () => {
  const text = read('llms.txt')
  expect(pages.filter(path => !text.includes(`](${path}index.md)`))).toEqual([])
  expect(pages.filter(path => !existsSync(join(DIST, path, 'index.md')))).toEqual([])
})

test('the Markdown of an operation has its samples, parameters and responses', () => {
  const text = read('reference/dli/operations/getbatch/index.md')
  for (const part of ['# Get a Spark batch job', '```ts\nimport', 'jobscope api', '```py', '**batch\\_id**', '### 200'])
    expect(text).toContain(part.replace('\\_', '_'))
})

test('no two pages have the same description', () => {
  const descriptions = new Map<string, string[]>()
  for (const path of pages) {
    const description = /<meta name="description" content="([^"]*)"/.exec(read(`${path}index.html`))?.[1] ?? ''
    descriptions.set(description, [...(descriptions.get(description) ?? []), path])
  }
  expect([...descriptions].filter(([, paths]) => paths.length > 1)).toEqual([])
  expect(descriptions.has('')).toBe(false)
})
