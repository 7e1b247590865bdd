import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Exchange } from '../src/traffic/exchange.ts'

/** Writes a file to a temporary folder that is removed when the test ends. Returns its path. */
export function writeTraffic(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-contract-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export const toNdjson = (exchanges: readonly Exchange[]): string =>
  exchanges.map(exchange => `${JSON.stringify(exchange)}\n`).join('')

const toHarHeaders = (headers: Exchange['request']['headers'] = {}) =>
  Object.entries(headers).map(([name, value]) => ({ name, value: String(value) }))

/** Converts exchanges to a HAR file. `content` replaces the stored response body. */
export function toHar(exchanges: readonly Exchange[], content?: (body: string) => object): string {
  const entries = exchanges.map(({ request, response }) => ({
    startedDateTime: '2026-11-22T12:00:00.000Z',
    time: 1,
    cache: {},
    timings: {},
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      queryString: [],
      headersSize: -1,
      bodySize: -1,
      headers: toHarHeaders(request.headers),
      ...(request.body !== undefined && {
        postData: { mimeType: String(request.headers?.['content-type']), text: request.body },
      }),
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      headers: toHarHeaders(response.headers),
      content: {
        mimeType: String(response.headers?.['content-type']),
        size: response.body?.length ?? 0,
        ...(response.body !== undefined && (content?.(response.body) ?? { text: response.body })),
      },
    },
  }))
  const pages = [{ startedDateTime: '2026-11-22T12:00:00.000Z', id: 'page_1', title: '{', pageTimings: {} }]
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'a "test"\\', version: '1' }, pages, entries } },
    null,
    2,
  )
}
