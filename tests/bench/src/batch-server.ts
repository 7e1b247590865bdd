import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** The body of every response of the server. */
export const batch = {
  id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e',
  name: 'nightly',
  state: 'running',
  appId: ['application_1720000000000_0001'],
  log: ['line 1 of the log', 'line 2 of the log'],
  owner: 'someone',
  queue: 'etl',
  create_time: 1_720_000_000_000,
}

/**
 * Starts a server that always returns `batch`. It runs in a separate process, so that its work does not distort the measured time of the
 * calls.
 */
export async function startBatchServer(): Promise<{ readonly origin: string } & AsyncDisposable> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: [] })
  const [port] = (await once(child, 'message')) as [number]
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const body = JSON.stringify(batch)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  const server = createServer((_, response) => response.writeHead(200, headers).end(body))
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}
