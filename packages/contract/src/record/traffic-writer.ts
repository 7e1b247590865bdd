import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs'
import { createRedactor, type RedactOptions } from '../redact/redact-exchange.ts'
import type { Exchange, RecordedHeaders } from '../traffic/exchange.ts'

export type TrafficFormat = 'ndjson' | 'har'

export interface TrafficWriterOptions extends RedactOptions {
  /** Path of the file. Only its owner can read it. An existing file is replaced. */
  readonly file: string
  /** @default 'har' if the name of the file ends with `.har`, else 'ndjson' */
  readonly format?: TrafficFormat | undefined
}

/** Writes exchanges to a file. Each exchange is redacted before it is written. */
export interface TrafficWriter {
  add(exchange: Exchange): void
  /** The number of exchanges in the file. */
  readonly count: number
  /** Completes the file. */
  close(): void
}

/**
 * Opens a file for recorded traffic.
 *
 * @throws the error of the file system if the file cannot be written
 */
export function createTrafficWriter({ file, format, ...options }: TrafficWriterOptions): TrafficWriter {
  const redact = createRedactor(options)
  const isHar = (format ?? (/\.har$/i.test(file) ? 'har' : 'ndjson')) === 'har'
  const descriptor = openSync(file, 'w', 0o600)
  const isFile = fstatSync(descriptor).isFile()
  // If the file existed before, `openSync` does not change its permissions. So they are set here.
  if (isFile) fchmodSync(descriptor, 0o600)
  let count = 0
  let isClosed = false
  let position = 0
  const write = (text: string, end = '') => {
    const bytes = Buffer.from(text + (isFile ? end : ''))
    // In a pipe, bytes cannot be written at a position.
    for (let written = 0; written < bytes.length; )
      written += writeSync(descriptor, bytes, written, bytes.length - written, isFile ? position + written : null)
    position += Buffer.byteLength(text)
  }
  // Each entry is written together with the end of the HAR file, and the next entry overwrites this end. So the file is valid even if the
  // process is killed.
  const harEnd = '\n]}}\n'
  if (isHar) write('{"log":{"version":"1.2","creator":{"name":"jobscope","version":"1"},"entries":[\n', harEnd)
  return {
    get count() {
      return count
    },
    add(exchange) {
      // A request can end after the recording was closed. Its exchange can no longer be written.
      if (isClosed) return
      const clean = redact(exchange)
      if (isHar) write(`${count > 0 ? ',\n' : ''}${JSON.stringify(toHarEntry(clean))}`, harEnd)
      else write(`${JSON.stringify(clean)}\n`)
      count++
    },
    close() {
      if (isClosed) return
      isClosed = true
      if (isHar && !isFile) write(harEnd)
      closeSync(descriptor)
    },
  }
}

const toHarHeaders = (headers: RecordedHeaders = {}) =>
  Object.entries(headers).map(([name, value]) => ({ name, value: [value].flat().join(', ') }))

function toHarEntry({ startedAt = new Date(0).toISOString(), request, response }: Exchange): object {
  const findType = (headers: RecordedHeaders = {}) =>
    [Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''].flat()[0]
  const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 }
  const query = URL.canParse(request.url) ? [...new URL(request.url).searchParams] : []
  return {
    startedDateTime: startedAt,
    time: 0,
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    request: {
      ...common,
      method: request.method,
      url: request.url,
      headers: toHarHeaders(request.headers),
      queryString: query.map(([name, value]) => ({ name, value })),
      ...(request.body !== undefined && { postData: { mimeType: findType(request.headers), text: request.body } }),
    },
    response: {
      ...common,
      status: response.status,
      statusText: '',
      redirectURL: '',
      headers: toHarHeaders(response.headers),
      content: {
        size: response.body?.length ?? 0,
        mimeType: findType(response.headers),
        ...(response.body !== undefined && { text: response.body }),
      },
    },
  }
}
