import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { onTestFinished } from 'vitest'

const files = new URL('dist/page/', import.meta.resolve('jobscope/package.json'))
const types: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface StubServer {
  readonly origin: string
  /** Sends an event to the page. */
  send(name: string, data: unknown): void
}

/**
 * Serves the built page. When the page connects, the server sends the events in `first`. The test sends all other events.
 *
 * @param history the response of `/api/history`
 */
export async function startStubServer(
  first: readonly (readonly [name: string, data: unknown])[],
  history?: unknown,
): Promise<StubServer> {
  const streams = new Set<ServerResponse>()
  const format = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of first) response.write(format(...event))
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return
    }
    if (pathname === '/api/history') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(history))
      return
    }
    const name = { '/': 'index.html', '/history': 'history.html' }[pathname] ?? pathname.slice(1)
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' })
    response.end(readFileSync(new URL(name, files)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send(name, data) {
      for (const stream of streams) stream.write(format(name, data))
    },
  }
}
