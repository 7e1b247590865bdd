import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { call, start } from './harness.ts'

test('two mocks can run at the same time', async () => {
  const [one, two] = [await start(), await start()]
  expect(one.port).not.toBe(two.port)
  await one.close()
  expect((await call(`${two.url('docs')}/v1/p/documents/s1`)).status).toBe(200)
})

test('close frees the port although a connection is kept alive', async () => {
  const mock = await start()
  const agent = new Agent({ keepAlive: true })
  const [response] = await once(get(`${mock.origin}/docs/v1/p/documents`, { agent }), 'response')
  await response.resume().toArray()
  await mock.close()
  const again = await start({ port: mock.port })
  expect(again.port).toBe(mock.port)
  agent.destroy()
})

test('close does not wait for a request that never ends', async () => {
  const mock = await start()
  const socket = connect(mock.port, '127.0.0.1')
  socket.on('error', () => undefined) // The connection is expected to be reset.
  const head = ['POST /docs/v1/p/documents HTTP/1.1', 'Host: x', 'Content-Length: 10', 'Expect: 100-continue']
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data') // "100 Continue": the server waits for the body now.
  await mock.close()
  socket.destroy()
})

test('await using closes the mock', async () => {
  let port: number
  {
    await using mock = await createMock({ services: ['dli'] })
    port = mock.port
  }
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow()
})

test('the error for a taken port says what to do', async () => {
  const mock = await start()
  const error = await start({ port: mock.port }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect((error as Error).message).toBe(
    `Port ${mock.port} of 127.0.0.1 is taken. Choose another port with --port (in code: the option port). 0 chooses a free port.`,
  )
})

test('the error for an address of another machine names the address', async () => {
  await expect(start({ host: '203.0.113.1' })).rejects.toThrow('203.0.113.1 is not an address of this machine')
})

test.each([
  ['0.0.0.0', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
])('a mock that listens on %s has the host %s in its URL', async (host, name) => {
  const mock = await start({ host })
  expect(mock.origin).toBe(`http://${name}:${mock.port}`)
  expect((await call(`${mock.url('docs')}/v1/p/documents/s1`)).status).toBe(200)
})

test('200 parallel requests each get their own response', async () => {
  const mock = await start()
  const preferences = ['example=getDocument.success', 'example=P.4', 'code=429', 'code=200, example=P.1']
  const requested = Array.from({ length: 200 }, (_, i) => preferences[i % preferences.length] ?? '')
  const url = `${mock.url('docs')}/v1/p/documents/s1`
  const responses = await Promise.all(requested.map(Prefer => call(url, { headers: { Prefer } })))
  expect(responses.map(({ status }) => status)).toEqual(requested.map((_, i) => [200, 404, 429, 200][i % 4]))
  expect(responses.map(({ code }) => code)).toEqual(requested.map((_, i) => [undefined, 'P.4', 'GW.429', 'P.1'][i % 4]))
})

describe('createMock', () => {
  test('createMock serves all services, or only the services in the option `services`', async () => {
    await using all = await createMock()
    expect(all.services).toEqual(expect.arrayContaining(['dli']))
    await using one = await createMock({ services: ['dli'] })
    expect(one.services).toEqual(['dli'])
    expect(one.url('dli')).toBe(`http://127.0.0.1:${one.port}/dli`)
    expect(() => one.url('cs')).toThrow('This mock does not serve "cs". It serves dli.')
  })

  test('createMock rejects an unknown service and suggests a similar name', async () => {
    await expect(createMock({ services: ['dlii'] })).rejects.toThrow('Unknown service "dlii". Did you mean "dli"?')
    await expect(createMock({ services: [] })).rejects.toThrow(
      'The option services is empty. Name at least one service',
    )
  })
})
