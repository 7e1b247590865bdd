import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WatcherEvent } from '../src/index.ts'

/** The key with which the workers sign the events that they send to the receiver. */
const secret = 'key'

/** Starts a receiver that verifies signatures and keeps all events in the order of their arrival. */
export async function startEventReceiver() {
  const log: { readonly event: WatcherEvent; readonly at: number }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { 'jobscope-timestamp': timestamp, 'jobscope-signature': signature } = request.headers
    const expected = `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
    if (signature !== expected) return response.writeHead(401).end()
    for (const event of JSON.parse(body)) log.push({ event, at: Date.now() })
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
