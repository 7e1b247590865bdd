import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { expect, onTestFinished, test } from 'vitest'
import { createTestTelemetry, startService } from './set-up.ts'

const batchId = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'

test('records a client span per attempt, with the attributes of the HTTP conventions', async () => {
  const { hooks, readSpans } = createTestTelemetry()
  const { mock, dli } = await startService(hooks, { faults: [{ fault: 'error', on: 'getBatch', times: 1 }] })
  await dli.getBatch({ batch_id: batchId })
  const [first, second, ...others] = readSpans()
  expect(others).toEqual([])
  expect(first).toMatchObject({
    name: 'GET /v2.0/{project_id}/batches/{batch_id}',
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.ERROR },
    attributes: {
      'http.request.method': 'GET',
      'url.full': `${mock.url('dli')}/v2.0/p1/batches/${batchId}`,
      'url.template': '/v2.0/{project_id}/batches/{batch_id}',
      'server.address': '127.0.0.1',
      'server.port': mock.port,
      'http.response.status_code': 503,
      'error.type': '503',
      'jobscope.operation': 'getBatch',
    },
  })
  expect(second).toMatchObject({
    status: { code: SpanStatusCode.UNSET },
    attributes: { 'http.response.status_code': 200, 'http.request.resend_count': 1 },
  })
})

test('the span of each attempt is a child of the active span', async () => {
  const { hooks, tracer, readSpans } = createTestTelemetry()
  const { dli } = await startService(hooks)
  await tracer.startActiveSpan('nightly', async span => {
    await dli.listBatches()
    span.end()
  })
  const [attempt, parent] = readSpans()
  expect(parent?.name).toBe('nightly')
  expect(attempt?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId)
})

test('records no values of redacted headers', async () => {
  const { hooks, readSpans } = createTestTelemetry()
  const { dli } = await startService(hooks)
  await dli.listBatches()
  const [span] = readSpans()
  expect(Object.keys(span?.attributes ?? {})).not.toContain('http.request.header.authorization')
  expect(JSON.stringify(span?.attributes)).not.toContain('REDACTED')
})

test('records the duration of attempts as a histogram without the ID of the job', async () => {
  const { hooks, readMetric } = createTestTelemetry()
  const { mock, dli } = await startService(hooks)
  await dli.getBatch({ batch_id: batchId })
  const { unit, points } = await readMetric('http.client.request.duration')
  expect(unit).toBe('s')
  expect(points.map(({ attributes }) => attributes)).toEqual([
    {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': mock.port,
      'url.template': '/v2.0/{project_id}/batches/{batch_id}',
    },
  ])
})

test('a proxy that rewrites traceparent causes no 401', async () => {
  const { hooks, readSpans } = createTestTelemetry()
  const { mock, connect } = await startService(hooks)
  const received: (string | string[] | undefined)[] = []
  const proxy = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    received.push(headers['traceparent'])
    const rewritten = { ...headers, traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` }
    const forwarded = request({ port: mock.port, method, path, headers: rewritten }, response => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    incoming.pipe(forwarded)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close())
  const dli = connect(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/dli`)
  await dli.listBatches()
  const [span] = readSpans()
  const { traceId, spanId } = span?.spanContext() ?? {}
  expect(received).toEqual([`00-${traceId}-${spanId}-01`])
  expect(mock.requests.map(({ status }) => status)).toEqual([200])
})
