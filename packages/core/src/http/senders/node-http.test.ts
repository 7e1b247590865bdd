import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { byHttp } from './node-http.ts'
import type { Attempt, WireRequest } from './sender.ts'

/** Listens on loopback until the test is over. */
async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answering = async (listener: RequestListener) => `http://${await listening(createHttpServer(listener))}`

/** A server that says these bytes to whoever connects, and hangs up. */
const saying = async (bytes: string | Buffer) =>
  `http://${await listening(createServer(socket => socket.once('data', () => socket.end(bytes)).on('error', () => {})))}`

const inNoHurry = (): Attempt => ({ over: false, breakOff() {}, limit: () => () => {} })

const send = (url: string, request: Partial<WireRequest> = {}, attempt = inNoHurry()) =>
  byHttp({ method: 'GET', url, headers: [], body: new Uint8Array(), ...request }, attempt)

describe('a request', () => {
  const echo: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }))
  }
  const seen = async (path: string, options: Partial<WireRequest>) => {
    const outcome = await send(`${await answering(echo)}${path}`, options)
    if (!('text' in outcome)) throw outcome.cause
    return JSON.parse(outcome.text) as { headers: Record<string, string> }
  }

  test('arrives as it was made', async () => {
    const headers = [['x-project-id', 'p']] as const
    const body = new TextEncoder().encode('{"name":"é"}')
    expect(await seen('/v1/p/jobs?name=a%20b', { method: 'POST', headers, body })).toMatchObject({
      method: 'POST',
      url: '/v1/p/jobs?name=a%20b',
      headers: { 'x-project-id': 'p', 'content-length': '13' },
      body: '{"name":"é"}',
    })
  })

  test.each(['DELETE', 'GET', 'PUT'])('has its body, which has a length: %s', async method => {
    const body = new TextEncoder().encode('{}')
    expect(await seen('/', { method, body })).toMatchObject({ method, headers: { 'content-length': '2' }, body: '{}' })
  })

  test.each([
    ['POST', '0'],
    ['PUT', '0'],
    ['GET', undefined],
    ['DELETE', undefined],
  ])('without a body: %s has the length %s', async (method, length) => {
    const { headers } = await seen('/', { method })
    expect([headers['content-length'], headers['transfer-encoding']]).toEqual([length, undefined])
  })

  test('goes over a connection that is kept', async () => {
    const ports = new Set<number | undefined>()
    const origin = await answering((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    })
    for (let n = 0; n < 3; n++) await send(origin)
    expect(ports.size).toBe(1)
  })
})

describe('an answer', () => {
  test('has its status, headers and text; a redirect is one, too', async () => {
    const origin = await answering((_, response) => {
      response.writeHead(302, { Location: 'https://elsewhere.test/', 'X-Request-Id': 'r' }).end('é')
    })
    const { status, headers, text } = (await send(origin)) as never as { status: number; headers: []; text: string }
    expect([status, text]).toEqual([302, 'é'])
    expect(Object.fromEntries(headers)).toMatchObject({ location: 'https://elsewhere.test/', 'x-request-id': 'r' })
  })

  test('may be compressed, as it is asked for', async () => {
    const origin = await answering((request, response) => {
      response.setHeader('Content-Encoding', `${request.headers['accept-encoding']}`)
      response.end(gzipSync('{"id":"é"}'))
    })
    expect(await send(origin)).toMatchObject({ text: '{"id":"é"}' })
  })

  test('loses the mark of its byte order', async () => {
    expect(await send(await answering((_, response) => response.end('\uFEFF{}')))).toMatchObject({ text: '{}' })
  })

  test.each([
    ['before its head is complete', 'HTTP/1.1 200 OK\r\nContent-'],
    ['without a byte', ''],
    ['before its length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"id":'],
    ['before its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'],
    ['with garbage', 'SSH-2.0-OpenSSH_9.2\r\n'],
    [
      'before the end of what is compressed',
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n'),
        gzipSync('{"id":"0a324461"}').subarray(0, 20),
      ]),
    ],
  ])('that ends %s is none, and the request may have been heard', async (_, bytes) => {
    const outcome = await send(await saying(bytes))
    expect(outcome).toMatchObject({ cause: expect.any(Error), mayHaveHappened: true })
  })
})

describe('a request that surely was not heard says so', () => {
  test('when nobody listens', async () => {
    const server = createServer()
    const origin = `http://${await listening(server)}`
    server.close()
    expect(await send(origin)).toMatchObject({ code: 'ECONNREFUSED', mayHaveHappened: false })
  })

  test('when the other end speaks no TLS', async () => {
    const origin = (await saying('HTTP/1.1 400 Bad Request\r\n\r\n')).replace('http:', 'https:')
    expect(await send(origin)).toMatchObject({ cause: expect.any(Error), mayHaveHappened: false })
  })

  test('when no connection stands within ten seconds', async () => {
    const silent = await listening(createServer(() => {}))
    const limits: number[] = []
    const limit: Attempt['limit'] = (ms, late) => {
      limits.push(ms)
      late()
      return () => {}
    }
    const outcome = await send(`https://${silent}`, {}, { ...inNoHurry(), limit })
    expect(outcome).toMatchObject({ code: 'ETIMEDOUT', mayHaveHappened: false })
    expect(limits).toEqual([10_000])
  })
})

test('the limit for the connection is gone when it stands', async () => {
  const open = new Set<number>()
  const limit: Attempt['limit'] = ms => {
    open.add(ms)
    return () => open.delete(ms)
  }
  await send(await answering((_, response) => response.end('{}')), {}, { ...inNoHurry(), limit })
  expect([...open]).toEqual([])
})

test('to break it off closes the connection', async () => {
  const attempt = inNoHurry()
  let gone = () => {}
  const closed = new Promise<void>(resolve => {
    gone = resolve
  })
  const origin = await answering(request => {
    request.socket.on('close', gone)
    attempt.breakOff('no more')
  })
  await send(origin, {}, attempt)
  await closed
})
