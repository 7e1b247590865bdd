import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Agent, buildConnector, errors } from 'undici'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createFetchSender } from './fetch.ts'
import { sendByNodeHttp } from './node-http.ts'
import { type AttemptControl, bodyTooLargeCode, type Sender, type SenderRequest, type SendFailure } from './sender.ts'
import { createUndiciSender } from './undici.ts'

/** Listens on the loopback interface until the test ends. Returns host and port. */
async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const startHttpServer = async (listener: RequestListener) => `http://${await listen(createHttpServer(listener))}`

/** Starts a server that sends `bytes` over each connection and then closes the connection. */
const startRawServer = async (bytes: string | Buffer) =>
  `http://${await listen(createServer(socket => socket.once('data', () => socket.end(bytes)).on('error', () => {})))}`

const createControl = (): AttemptControl => ({ isAborted: false, onAbort() {}, schedule: () => () => {} })

const createSend =
  (sender: Sender) =>
  (url: string, request: Partial<SenderRequest> = {}, control = createControl()) =>
    sender({ method: 'GET', url, headers: [], body: new Uint8Array(), maxResponseBytes: 1000, ...request }, control)

describe.each([
  ['node:http', sendByNodeHttp, 1],
  // undici reuses a connection only after a turn of the event loop, so consecutive calls alternate between two connections.
  ['undici', createUndiciSender(), 2],
])('the sender that uses %s', (_, sender, connections) => {
  const send = createSend(sender)

  describe('a request', () => {
    const echo: RequestListener = async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }))
    }
    const sendToEcho = async (path: string, options: Partial<SenderRequest>) => {
      const outcome = await send(`${await startHttpServer(echo)}${path}`, options)
      if (!('text' in outcome)) throw outcome.cause
      return JSON.parse(outcome.text) as { headers: Record<string, string> }
    }

    test('sends a request with its method, URL, headers and body', async () => {
      const headers = [['x-project-id', 'p']] as const
      const body = new TextEncoder().encode('{"name":"é"}')
      expect(await sendToEcho('/v1/p/jobs?name=a%20b', { method: 'POST', headers, body })).toMatchObject({
        method: 'POST',
        url: '/v1/p/jobs?name=a%20b',
        headers: { 'x-project-id': 'p', 'content-length': '13' },
        body: '{"name":"é"}',
      })
    })

    test.each(['DELETE', 'GET', 'PUT'])('sends the body of a %s request and its Content-Length', async method => {
      const body = new TextEncoder().encode('{}')
      expect(await sendToEcho('/', { method, body })).toMatchObject({
        method,
        headers: { 'content-length': '2' },
        body: '{}',
      })
    })

    test.each([
      ['POST', '0'],
      ['PUT', '0'],
      ['GET', undefined],
      ['DELETE', undefined],
    ])('if a %s request has no body, its Content-Length is %s', async (method, length) => {
      const { headers } = await sendToEcho('/', { method })
      expect([headers['content-length'], headers['transfer-encoding']]).toEqual([length, undefined])
    })

    test('reuses connections', async () => {
      const ports = new Set<number | undefined>()
      const origin = await startHttpServer((request, response) => {
        ports.add(request.socket.remotePort)
        response.end('{}')
      })
      for (let n = 0; n < 5; n++) await send(origin)
      expect(ports.size).toBe(connections)
    })
  })

  describe('a response', () => {
    test('returns the status, the headers and the text of a response, even of a redirect', async () => {
      const origin = await startHttpServer((_, response) => {
        response.writeHead(302, { Location: 'https://elsewhere.test/', 'X-Request-Id': 'r' }).end('é')
      })
      const { status, headers, text } = (await send(origin)) as never as { status: number; headers: []; text: string }
      expect([status, text]).toEqual([302, 'é'])
      expect(Object.fromEntries(headers)).toMatchObject({ location: 'https://elsewhere.test/', 'x-request-id': 'r' })
    })

    test('decompresses a response that has the requested encoding', async () => {
      const origin = await startHttpServer((request, response) => {
        response.setHeader('Content-Encoding', `${request.headers['accept-encoding']}`)
        response.end(gzipSync('{"id":"é"}'))
      })
      expect(await send(origin)).toMatchObject({ text: '{"id":"é"}' })
    })

    test.each(['GZIP', 'x-gzip', 'gzip'])('decompresses a response with the encoding %s', async encoding => {
      const origin = await startHttpServer((_, response) => {
        response.writeHead(200, { 'Content-Encoding': encoding }).end(gzipSync('{}'))
      })
      expect(await send(origin)).toMatchObject({ status: 200, text: '{}' })
    })

    test.each(['Identity', ', gzip ,', 'gzip, identity', 'IDENTITY, GZIP'])(
      'decodes a response with the list of encodings "%s"',
      async encoding => {
        const body = /gzip/i.test(encoding) ? gzipSync('{}') : '{}'
        const origin = await startHttpServer((_, response) =>
          response.writeHead(200, { 'Content-Encoding': encoding }).end(body),
        )
        expect(await send(origin)).toMatchObject({ text: '{}' })
      },
    )

    test('decodes a response with two header lines for its encodings', async () => {
      const origin = await startHttpServer((_, response) => {
        response.writeHead(200, { 'Content-Encoding': ['gzip', 'gzip'] }).end(gzipSync(gzipSync('{}')))
      })
      expect(await send(origin)).toMatchObject({ text: '{}' })
    })

    test('accepts a response that has an encoding but no body', async () => {
      const origin = await startHttpServer((_, response) =>
        response.writeHead(204, { 'Content-Encoding': 'gzip' }).end(),
      )
      expect(await send(origin)).toMatchObject({ status: 204, text: '' })
    })

    test('returns a failure that contains the status if the encoding of the response was not requested', async () => {
      const origin = await startHttpServer((_, response) =>
        response.writeHead(503, { 'Content-Encoding': 'br' }).end('x'),
      )
      expect(await send(origin)).toMatchObject({
        cause: expect.any(Error),
        head: { status: 503 },
        mayHaveHappened: true,
      })
    })

    test('reads a response only up to maxResponseBytes, and closes the connection', async () => {
      let onClose = () => {}
      const closed = new Promise<void>(resolve => {
        onClose = resolve
      })
      const origin = await startHttpServer(({ socket }, response) => {
        socket.on('close', onClose)
        const write = (): unknown =>
          !response.destroyed && response.write(Buffer.alloc(1000), () => setImmediate(write))
        write()
      })
      expect(await send(origin)).toMatchObject({ code: bodyTooLargeCode, head: { status: 200 } })
      await closed
    })

    test('decompresses a response only up to maxResponseBytes', async () => {
      const bytes = gzipSync(Buffer.alloc(1_000_000))
      const origin = await startHttpServer((_, response) =>
        response.writeHead(502, { 'Content-Encoding': 'gzip' }).end(bytes),
      )
      const outcome = await send(origin, { maxResponseBytes: 10_000 })
      expect(bytes.length).toBeLessThan(10_000)
      expect(outcome).toMatchObject({ code: bodyTooLargeCode, head: { status: 502 } })
    })

    test('does not wait for a body if the response switches to another protocol', async () => {
      const head = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n'
      expect(await send(await startRawServer(head))).toMatchObject({ status: 101, text: '' })
    })

    test('does not quote an unknown content encoding in the error, because it can contain a secret', async () => {
      const origin = await startHttpServer((_, response) => {
        response.writeHead(200, { 'content-encoding': 'tok-secret' }).end('{}')
      })
      const { cause } = (await send(origin)) as SendFailure
      expect((cause as Error).message).toBe('The response has a content encoding that was not requested')
    })

    test('reports the head of a response before the body ends', async () => {
      const control = createControl()
      const heads: number[] = []
      control.onHead = ({ status }) => {
        heads.push(status)
        control.onAbort('aborted by the test')
      }
      const origin = await startHttpServer((_, response) => response.writeHead(401).write('{'))
      expect(await send(origin, {}, control)).toMatchObject({ head: { status: 401 } })
      expect(heads).toEqual([401])
    })

    test('removes the byte order mark of a response', async () => {
      expect(await send(await startHttpServer((_, response) => response.end('\uFEFF{}')))).toMatchObject({ text: '{}' })
    })

    test.each([
      ['ends within its headers', 'HTTP/1.1 200 OK\r\nContent-'],
      ['ends before its first byte', ''],
      ['is shorter than its Content-Length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"id":'],
      ['ends before its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'],
      ['is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
      [
        'ends within compressed data',
        Buffer.concat([
          Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n'),
          gzipSync('{"id":"0a324461"}').subarray(0, 20),
        ]),
      ],
    ])('returns a failure whose mayHaveHappened is true if a response %s', async (_, bytes) => {
      const outcome = await send(await startRawServer(bytes))
      expect(outcome).toMatchObject({ cause: expect.any(Error), mayHaveHappened: true })
    })
  })

  describe('the error', () => {
    test('reports that the request cannot have been received if no server listens', async () => {
      const server = createServer()
      const origin = `http://${await listen(server)}`
      server.close()
      expect(await send(origin)).toMatchObject({ code: 'ECONNREFUSED', mayHaveHappened: false })
    })

    test('reports that the request cannot have been received if the server does not support TLS', async () => {
      const origin = (await startRawServer('HTTP/1.1 400 Bad Request\r\n\r\n')).replace('http:', 'https:')
      expect(await send(origin)).toMatchObject({ cause: expect.any(Error), mayHaveHappened: false })
    })
  })

  test('closes the connection when the attempt is aborted', async () => {
    const control = createControl()
    let onClose = () => {}
    const closed = new Promise<void>(resolve => {
      onClose = resolve
    })
    const origin = await startHttpServer(request => {
      request.socket.on('close', onClose)
      control.onAbort('aborted by the test')
    })
    await send(origin, {}, control)
    await closed
  })
})

describe('the sender that uses node:http', () => {
  const send = createSend(sendByNodeHttp)

  test('reports that the request cannot have been received if no connection is established within ten seconds', async () => {
    const silentServer = await listen(createServer(() => {}))
    const delays: number[] = []
    const schedule: AttemptControl['schedule'] = (ms, callback) => {
      delays.push(ms)
      callback()
      return () => {}
    }
    const outcome = await send(`https://${silentServer}`, {}, { ...createControl(), schedule })
    expect(outcome).toMatchObject({ code: 'ETIMEDOUT', mayHaveHappened: false })
    expect(delays).toEqual([10_000])
  })

  test('cancels the connection timer once the connection is established', async () => {
    const timers = new Set<number>()
    const schedule: AttemptControl['schedule'] = ms => {
      timers.add(ms)
      return () => timers.delete(ms)
    }
    await send(await startHttpServer((_, response) => response.end('{}')), {}, { ...createControl(), schedule })
    expect([...timers]).toEqual([])
  })
})

describe('the sender that uses undici', () => {
  const createFailingSend = (error: Error) =>
    createSend(createUndiciSender({ dispatcher: new Agent({ connect: (_, callback) => callback(error, null) }) }))

  test('reports that the request cannot have been received if no connection is established in time', async () => {
    const send = createFailingSend(new errors.ConnectTimeoutError())
    expect(await send('https://svc.test/')).toMatchObject({
      code: 'UND_ERR_CONNECT_TIMEOUT',
      mayHaveHappened: false,
    })
  })

  test('reports the error of an invalid certificate', async () => {
    const error = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(await createFailingSend(error)('https://svc.test/')).toMatchObject({
      cause: error,
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      mayHaveHappened: false,
    })
  })

  test('reports an invalid header as a permanent error', async () => {
    const headers = [['x-name', 'a\nb']] as const
    expect(await createSend(createUndiciSender())('https://svc.test/', { headers })).toMatchObject({
      mayHaveHappened: false,
      isTransient: false,
    })
  })

  test.each([403, 407])('uses the proxy of the environment, and reports the status %i of this proxy', async status => {
    const proxy = createHttpServer().on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`))
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    vi.stubEnv('HTTPS_PROXY', `http://${await listen(proxy)}`)
    vi.stubEnv('NO_PROXY', undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await createSend(createUndiciSender())('https://svc.test/')).toMatchObject({
      cause: { statusCode: status },
      mayHaveHappened: false,
    })
  })

  test('does not send a request that was aborted while its connection was established', async () => {
    const received: string[] = []
    const server = new URL(await startHttpServer(({ url }, response) => response.end(received.push(`${url}`) && '{}')))
    let connect = () => {}
    const connector = buildConnector({})
    const dispatcher = new Agent({
      connect(options, callback) {
        connect = () => connector({ ...options, port: server.port, hostname: server.hostname }, callback)
      },
    })
    const control = createControl()
    const outcome = createSend(createUndiciSender({ dispatcher }))(`${server.origin}/`, {}, control)
    control.isAborted = true
    control.onAbort('aborted by the test')
    connect()
    expect(await outcome).toMatchObject({ cause: expect.any(Error) })
    expect(received).toEqual([])
  })
})

describe.each([
  ['fetch', createFetchSender(fetch)],
  ['node:http', sendByNodeHttp],
  ['undici', createUndiciSender()],
])('if a response breaks off after its head, the sender that uses %s', (_, sender) => {
  const send = createSend(sender)
  const head = 'HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'
  const expected = { cause: expect.any(Error), mayHaveHappened: true, head: { status: 429 } }

  test('returns the head after a reset of the connection', async () => {
    let reset = () => {}
    const server = createServer(socket => {
      reset = () => socket.resetAndDestroy()
      socket.on('error', () => {}).once('data', () => socket.write(head))
    })
    const control = { ...createControl(), onHead: () => reset() }
    const outcome = (await send(`http://${await listen(server)}`, {}, control)) as SendFailure
    expect(outcome).toMatchObject(expected)
    expect(outcome.head?.headers.get('retry-after')).toBe('7')
  })

  test('returns the head after an invalid chunk size', async () => {
    expect(await send(await startRawServer(`${head}zz\r\n`))).toMatchObject(expected)
  })
})
