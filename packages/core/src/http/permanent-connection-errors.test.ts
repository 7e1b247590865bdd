import { once } from 'node:events'
import { createServer, type Server, setGlobalProxyFromEnv } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createSelfSignedCertificate } from '../../test/self-signed-certificate.ts'
import { type Methods, service } from '../../test/service.ts'
import { catchRejection, noCredentials } from '../../test/test-client.ts'
import { createClient } from './client.ts'
import type { ClientOptions } from './client-options.ts'

/** Listens on the loopback interface until the test ends. Returns the port. */
async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Starts a proxy that refuses every connection. */
async function startRefusingProxy(status: number) {
  const state = { connections: 0 }
  const proxy = createServer((_, response) => response.writeHead(status).end())
  proxy.on('connect', (_, socket) => {
    state.connections++
    socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`)
  })
  return { state, proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}` } }
}

/** Makes the agents and the `fetch` of the platform use a proxy until the test ends. */
function useProxy(proxyEnv: { HTTPS_PROXY: string }) {
  onTestFinished(setGlobalProxyFromEnv(proxyEnv))
}

const createTestClient = (endpoint: string, options: Partial<ClientOptions>) =>
  createClient<Methods, object>(service, { endpoint, projectId: 'p', credentials: noCredentials, ...options })

const senders: [name: string, options: Partial<ClientOptions>][] = [
  ['a client', {}],
  ['a client with the option fetch', { fetch: (...args) => fetch(...args) }],
]

test.each(senders)('%s does not retry a request if the certificate is not trusted', async (_, options) => {
  let connections = 0
  const server = createHttpsServer(createSelfSignedCertificate())
  server.on('connection', () => connections++)
  const client = createTestClient(`https://127.0.0.1:${await listen(server)}`, options)
  const error = await catchRejection(client.getJob({ job_id: 'j' }))
  expect(error).toMatchObject({
    name: 'NetworkError',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    isTransient: false,
    mayHaveHappened: false,
  })
  expect(`${error}`).toContain('is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)')
  expect(connections).toBe(1)
})

test.each(senders.flatMap(([name, options]) => [407, 403].map(status => [status, name, options] as const)))(
  'the %i of a proxy is not retried by %s',
  async (status, _, options) => {
    const { state, proxyEnv } = await startRefusingProxy(status)
    useProxy(proxyEnv)
    const client = createTestClient('https://svc.example.com', options)
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toMatchObject({ name: 'NetworkError', isTransient: false, mayHaveHappened: false })
    expect(`${error}`).toContain(`The proxy refused to connect to svc.example.com (HTTP ${status})`)
    expect(state.connections).toBe(1)
  },
)
