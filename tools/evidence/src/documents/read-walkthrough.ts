import type { Direction, Example, Operation } from '../material.ts'
import type { Page } from './page.ts'
import { readBody } from './read-examples.ts'
import { toDirection } from './read-operation.ts'

const requestLine = /URI[^A-Z]*[:：]\s*(GET|POST|PUT|DELETE|PATCH)\s*(.*)$/

/** Reads the calls from a page that shows several calls in a sequence. Such a page has only examples, and no tables of fields. */
export function readWalkthrough(page: Page): Operation[] {
  const calls: { readonly method: string; readonly path: string; readonly examples: Example[] }[] = []
  let direction: Direction = 'request'
  let number = 0
  for (const block of page.blocks) {
    if (block.kind === 'text') {
      const [, method, uri = ''] = requestLine.exec(block.text) ?? []
      if (method) calls.push({ method, path: cleanUri(uri), examples: [] })
      direction = method ? 'request' : (toDirection(block.text) ?? direction)
    }
    const body = block.kind === 'code' ? readBody(block.text) : undefined
    if (body) calls.at(-1)?.examples.push({ direction, number: ++number, body })
  }
  return calls.map(call => ({
    ...call,
    title: page.title,
    page: page.id,
    file: page.file,
    isWalkthrough: true,
    deprecated: false,
    query: [],
    header: [],
    request: [],
    response: [],
  }))
}

/** Extracts the path from a URI. The URI can contain a host, marks of emphasis and extra spaces. */
function cleanUri(uri: string): string {
  const plain = uri.replace(/[*\s\\]/g, '').replace(/_*(\{[^}]*\})_*/g, '$1')
  return (/\/v[\d.]+\/[^?]*/.exec(plain)?.[0] ?? '').replace(/[.,;/]+$/, '')
}
