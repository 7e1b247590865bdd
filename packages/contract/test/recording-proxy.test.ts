import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse, request as sendHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js'
import { aksk, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock, DEMO_KEY, type MockOptions } from '@jobscope/mock'
import { listOperations, readBundle } from '@jobscope/specs'
import { expect, onTestFinished, test } from 'vitest'
import { checkTraffic } from '../src/check/check-traffic.ts'
import { recorder } from '../src/record/recorder.ts'
import { type RecordingProxyOptions, startRecordingProxy } from '../src/record/recording-proxy.ts'
import { createTrafficWriter } from '../src/record/traffic-writer.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { writeTraffic } from './traffic-files.ts'

const projectId = '0123456789abcdef0123456789abcdef'

/** Starts a mock, and a proxy that records the requests to the mock into a file. */
async function startRecording(mockOptions: MockOptions, options: Partial<RecordingProxyOptions> = {}) {
  const mock = await createMock({ auth: 'strict', services: ['dli'], ...mockOptions })
  onTestFinished(() => mock.close())
  const file = writeTraffic('traffic.ndjson', '')
  const writer = createTrafficWriter({ file })
  const proxy = await startRecordingProxy({
    targets: { dli: mock.url('dli') },
    accessKey: DEMO_KEY,
    onExchange: exchange => writer.add(exchange),
    ...options,
  })
  onTestFinished(async () => void (await proxy.close()))
  const check = () => {
    writer.close()
    return checkTraffic([file])
  }
  return { mock, proxy, check }
}

async function useClient(endpoint: string): Promise<void> {
  const dli = createDliClient({ endpoint, projectId, credentials: aksk(DEMO_KEY), retry: false })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })
  await dli.getBatch({ batch_id: id })
  await dli.listBatches({ size: 10 })
}

test('a client that signs with the key of the recorder works through the recorder, and the traffic has no findings', async () => {
  const { proxy, check } = await startRecording({})
  await useClient(proxy.url('dli'))
  const { exchanges, findings } = await check()
  expect([exchanges, findings]).toEqual([3, []])
})

test('a check of the recording finds the drift of a service', async () => {
  const { proxy, check } = await startRecording({ faults: [{ fault: 'unknown-state', on: 'getBatch' }] })
  await useClient(proxy.url('dli'))
  const { findings } = await check()
  expect(findings.map(({ rule, operation }) => [rule, operation])).toEqual([['unknown-job-state', 'getBatch']])
})

test('the SDK of the vendor works through the recorder, and the traffic has no findings', async () => {
  const { proxy, check } = await startRecording({})
  const credential = new BasicCredentials()
    .withAk(DEMO_KEY.accessKey)
    .withSk(DEMO_KEY.secretKey)
    .withProjectId(projectId)
  const client = new ClientBuilder(each => each).withCredential(credential).withEndpoint(proxy.origin).build()
  const result = await client.sendRequest({
    method: 'GET',
    url: '/v2.0/{project_id}/batches',
    contentType: 'application/json',
    queryParams: { size: 5 },
    pathParams: { project_id: projectId },
    headers: {},
  })
  expect(result).toHaveProperty('sessions')
  const { exchanges, findings } = await check()
  expect([exchanges, findings]).toEqual([1, []])
})

test('requests with a token are passed on unchanged', async () => {
  const { mock, proxy, check } = await startRecording({ auth: 'open' })
  const dli = createDliClient({ endpoint: proxy.url('dli'), projectId, credentials: token('any') })
  await dli.listBatches()
  expect(mock.requests.map(({ operation, status }) => [operation, status])).toEqual([['listBatches', 200]])
  expect((await check()).exchanges).toBe(1)
})

const path = `/dli/v2.0/${projectId}/batches`

async function call(origin: string, headers: Record<string, string>) {
  const response = await fetch(`${origin}${path}`, { headers })
  const { error_msg } = (await response.json()) as { error_msg: string }
  return [response.status, error_msg]
}

test('rejects callers without a valid signature, and does not send their requests to the service', async () => {
  const { mock, proxy, check } = await startRecording({})
  const signed = `SDK-HMAC-SHA256 Access=${DEMO_KEY.accessKey}, SignedHeaders=host;x-sdk-date, Signature=${'0'.repeat(64)}`
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  expect(await call(proxy.origin, {})).toEqual([401, expect.stringContaining('no credentials')])
  expect(await call(proxy.origin, { authorization: signed, 'x-sdk-date': now })).toEqual([
    401,
    expect.stringContaining('does not fit the secret key'),
  ])
  expect(await call(proxy.origin, { authorization: signed, 'x-sdk-date': '20200101T000000Z' })).toEqual([
    401,
    expect.stringContaining('too old'),
  ])
  expect(
    await call(proxy.origin, { authorization: signed.replace(/Access=\w+/, 'Access=OTHER'), 'x-sdk-date': now }),
  ).toEqual([401, expect.stringContaining('another access key')])
  expect(await call(proxy.origin, { origin: 'https://evil.example.com', 'x-auth-token': 't' })).toEqual([
    403,
    expect.stringContaining('Web pages'),
  ])
  const other = createDliClient({
    endpoint: proxy.url('dli'),
    projectId,
    credentials: aksk({ ...DEMO_KEY, secretKey: 'wrong' }),
    retry: false,
  })
  await expect(other.listBatches()).rejects.toMatchObject({ status: 401 })
  expect(mock.requests).toEqual([])
  expect((await check()).exchanges).toBe(0)
})

test('rejects signed requests with 501 if the recorder has no key', async () => {
  const { proxy } = await startRecording({}, { accessKey: undefined })
  const dli = createDliClient({ endpoint: proxy.url('dli'), projectId, credentials: aksk(DEMO_KEY), retry: false })
  await expect(dli.listBatches()).rejects.toThrow(/HUAWEICLOUD_SDK_AK/)
  await expect(dli.listBatches()).rejects.toMatchObject({ status: 501 })
})

test('the response to an unknown service lists the services of the recorder', async () => {
  const { mock, proxy } = await startRecording({}, { targets: { dli: 'http://127.0.0.1:1', cs: 'http://127.0.0.1:1' } })
  const response = await fetch(`${proxy.origin}/res/v1/x`, { headers: { 'x-auth-token': 't' } })
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('one of: dli, cs')])
  expect(mock.requests).toEqual([])
})

test('recorder() records the requests of a client through hooks, and the traffic has no findings', async () => {
  await using mock = await createMock({
    services: ['dli'],
    faults: [{ fault: 'unknown-state', on: 'getBatch', after: 1 }],
  })
  const file = writeTraffic('traffic.ndjson', '')
  const recording = recorder({ file })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId, credentials: token('t'), hooks: recording.hooks })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })
  await dli.getBatch({ batch_id: id })
  await dli.listBatches({ size: 10, queue_name: 'etl' })
  await dli.getBatch({ batch_id: id })
  recording.close()
  const { exchanges, findings, coverage } = await checkTraffic([file])
  expect([exchanges, recording.count]).toEqual([4, 4])
  expect(findings.map(({ rule, first }) => [rule, first.line])).toEqual([['unknown-job-state', 4]])
  const listed = coverage[0]?.operations.find(({ operation }) => operation === 'listBatches')
  expect(listed?.parameters.map(({ name }) => name)).toEqual(['path project_id', 'query queue_name', 'query size'])
})

test('passes on a request for a token, although it has no credentials', async () => {
  const { proxy, exchanges } = await startService((_, reply) => reply.writeHead(201).end('{}'))
  const [token] = listOperations(readBundle('iam')).filter(({ operation }) => operation.operationId === 'createToken')
  const post = async (path = '') => (await fetch(`${proxy.url('dli')}${path}`, { method: 'POST' })).status
  expect([await post(token?.path), await post('/v3/other')]).toEqual([201, 401])
  expect(exchanges).toHaveLength(1)
})

/** Starts a service that handles requests with `handle`, and a proxy that records the requests to this service. */
async function startService(handle: RequestListener, options: Partial<RecordingProxyOptions> = {}) {
  const server = createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const exchanges: Exchange[] = []
  const proxy = await startRecordingProxy({
    targets: { dli: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    onExchange: exchange => exchanges.push(exchange),
    ...options,
  })
  onTestFinished(async () => void (await proxy.close()))
  const send = (init: RequestInit = {}) =>
    fetch(`${proxy.url('dli')}/v2.0/p/batches`, { ...init, headers: { 'x-auth-token': 't' } })
  return { server, proxy, exchanges, send }
}

test('an error in onExchange does not change the response, and onRecordingError receives the error', async () => {
  const errors: unknown[] = []
  const { send } = await startService((_, reply) => reply.writeHead(200, { 'x-own': '1' }).end('{"a":1}'), {
    onExchange() {
      throw new Error('the disk is full')
    },
    onRecordingError: error => errors.push(error),
  })
  const response = await send()
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([200, '1', '{"a":1}'])
  expect(errors).toEqual([new Error('the disk is full')])
})

test('a response to HEAD keeps its Content-Length', async () => {
  const { proxy } = await startService((_, reply) => reply.writeHead(200, { 'content-length': '4711' }).end())
  const request = sendHttp(`${proxy.url('dli')}/x`, { method: 'HEAD', headers: { 'x-auth-token': 't' } })
  const [{ headers }] = (await once(request.end(), 'response')) as [{ headers: object }]
  expect(headers).toMatchObject({ 'content-length': '4711' })
})

test('responds with 502 and records nothing if the service switches to another protocol', async () => {
  const { send, exchanges } = await startService(({ socket }) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  })
  const response = await send()
  expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('sent status 101')])
  expect(exchanges).toEqual([])
})

test('cancels the request to the service when the caller closes its connection', async () => {
  const controller = new AbortController()
  const events = new EventEmitter()
  const canceled = once(events, 'canceled')
  const { send } = await startService((_, reply) => {
    reply.once('close', () => events.emit('canceled'))
    controller.abort()
  })
  await expect(send({ signal: controller.signal })).rejects.toThrow('aborted')
  await canceled
})

test('close() waits for open requests until the signal aborts, and returns the number of canceled requests', async () => {
  const finished = await startService(() => {})
  const response = finished.send()
  const [, reply] = (await once(finished.server, 'request')) as [unknown, ServerResponse]
  const closed = finished.proxy.close({ signal: new AbortController().signal })
  reply.end('{}')
  expect([await closed, (await response).status, finished.exchanges.length]).toEqual([0, 200, 1])

  const hanging = await startService(() => {})
  const failed = expect(hanging.send()).rejects.toThrow('fetch failed')
  await once(hanging.server, 'request')
  const controller = new AbortController()
  const canceled = hanging.proxy.close({ signal: controller.signal })
  controller.abort()
  expect([await canceled, hanging.exchanges]).toEqual([1, []])
  await failed
})
