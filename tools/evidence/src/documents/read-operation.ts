import type { Direction, Example, Field, Operation } from '../material.ts'
import { withoutTransportHeaders } from '../transport-headers.ts'
import type { Page, Table } from './page.ts'
import { readBody } from './read-examples.ts'
import { readFields } from './read-fields.ts'

type Section = 'uri' | 'request' | 'response' | 'example' | 'other'

const requestLine = /\b(GET|POST|PUT|DELETE|PATCH)\s*(\/v[\d.]+\/\S*)/

/** Reads the operation that a page describes. Returns undefined for a page without a request line. */
export function readOperation(page: Page): Operation | undefined {
  const parts = sortBlocks(page)
  const match = requestLine.exec(parts.uri.join(' '))
  if (!match) return undefined
  const [, method = '', uri = ''] = match
  const path = cleanPath(uri)
  const hasQueryOnly = method === 'GET' || method === 'DELETE'
  const inUri = parts.tables.uri.flatMap(table => readFields([table]))
  const inRequest = readFields(parts.tables.request)
  return {
    method,
    path,
    title: page.title,
    page: page.id,
    file: page.file,
    deprecated: /deprecated|out-of-date|historical|废弃/i.test(`${page.file} ${page.title}`),
    query: keepQuery([...inUri, ...(hasQueryOnly ? inRequest : [])], path),
    header: withoutTransportHeaders(parts.tables.header.flatMap(table => readFields([table]))),
    request: hasQueryOnly ? [] : inRequest,
    response: readFields(parts.tables.response),
    examples: parts.examples,
  }
}

function cleanPath(uri: string): string {
  const path = uri.replaceAll('*', '').split('?')[0] ?? ''
  return path.replaceAll('\\', '').replace(/[.,;/]+$/, '')
}

function sortBlocks(page: Page) {
  const uri: string[] = []
  const tables: Record<'uri' | 'header' | 'request' | 'response', Table[]> = {
    uri: [],
    header: [],
    request: [],
    response: [],
  }
  const examples: Example[] = []
  let section: Section = 'other'
  let direction: Direction = 'request'
  // A heading such as "Example Responses" applies to its whole section.
  let fixedDirection: Direction | undefined
  let isSuccess = true
  for (const block of page.blocks) {
    if (block.kind === 'heading') {
      section = toSection(block.text)
      fixedDirection = toDirection(block.text)
      direction = fixedDirection ?? direction
      isSuccess = true
    } else if (block.kind === 'text') {
      if (section === 'uri') uri.push(block.text)
      if (section === 'example' && !fixedDirection) direction = toDirection(block.text) ?? direction
      const status = /(?:status code|状态码)\W*\s*(\d{3})/i.exec(block.text)?.[1]
      if (section === 'response' && status) isSuccess = status.startsWith('2')
    } else if (block.kind === 'code') {
      if (section === 'uri') uri.push(block.text)
      // On older pages, the examples are in the sections of the request and of the response.
      const isBody = section === 'example' || section === 'request' || (section === 'response' && isSuccess)
      const body = isBody ? readBody(block.text) : undefined
      if (body) examples.push({ direction, number: examples.length + 1, body })
    } else if (section === 'uri' || section === 'request' || section === 'response') {
      const isHeader = /header|消息头/i.test(block.table.caption)
      if (isHeader && section !== 'response') tables.header.push(block.table)
      if (isSuccess && !isHeader) tables[section].push(block.table)
    }
  }
  return { uri, tables, examples }
}

function toSection(heading: string): Section {
  const text = heading.toLowerCase()
  if (/example|sample|示例|样例/.test(text)) return 'example'
  if (text.startsWith('uri')) return 'uri'
  if (/^(request|请求)/.test(text)) return 'request'
  if (/^(response|响应)/.test(text)) return 'response'
  return 'other'
}

/**
 * Returns `'request'` or `'response'`, depending on the example that the text introduces. Returns undefined if the text mentions no request
 * and no response.
 */
export function toDirection(text: string): Direction | undefined {
  if (/response|响应|返回/i.test(text)) return 'response'
  if (/request|请求/i.test(text)) return 'request'
  return undefined
}

/** Removes path parameters and duplicate parameters. */
function keepQuery(fields: readonly Field[], path: string): Field[] {
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map(match => match[1]))
  return fields.filter(
    (field, index) => !inPath.has(field.path) && fields.findIndex(other => other.path === field.path) === index,
  )
}
