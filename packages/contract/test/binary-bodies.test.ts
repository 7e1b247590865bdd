import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readAllBundles } from '@jobscope/specs'
import { expect, onTestFinished, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { createRecordingHooks } from '../src/record/recorder.ts'
import { startRecordingProxy } from '../src/record/recording-proxy.ts'
import { createRedactor } from '../src/redact/redact-exchange.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const success = listSpecExchanges('cs').find(({ example }) => example === 'createJarJob.success')
if (!success) throw new Error('No example createJarJob.success')
const { request, response } = success.exchange

/** A form with a file that is not text. */
const form = Buffer.concat([
  Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="job.jar"\r\n\r\n'),
  Buffer.from([0x50, 0x4b, 0xff, 0xfe]),
  Buffer.from('\r\n--b--\r\n'),
])
const contentType = 'multipart/form-data; boundary=b'

/** Checks the redacted exchange. */
function check(exchange: Exchange | undefined, origin?: string) {
  if (!exchange) throw new Error('Nothing was recorded')
  const endpoints = origin === undefined ? {} : { cs: origin }
  const checker = createChecker({ services: ['cs'], endpoints })
  checker.check(createRedactor({ endpoints })(exchange))
  const { exchanges, findings } = checker.getReport()
  return [exchanges, findings.filter(({ rule }) => rule !== 'deprecated-operation')]
}

test('the recorder of a client records that a request has a binary body', () => {
  const exchanges: Exchange[] = []
  createRecordingHooks(readAllBundles(), exchange => exchanges.push(exchange)).onResponse?.({
    operation: 'createJarJob',
    callId: '0'.repeat(32),
    attributes: {
      'http.request.method': 'POST',
      'url.full': request.url,
      'http.request.header.content-type': contentType,
      'http.request.header.x-auth-token': 't',
      'http.response.status_code': response.status,
      'http.response.header.content-type': 'application/json',
    },
    duration: 1,
    requestId: undefined,
    requestBody: form,
    responseBody: response.body,
  })
  expect(check(exchanges[0])).toEqual([1, []])
})

test('the recording proxy records that a chunked request has a binary body', async () => {
  const server = createServer((message, reply) => {
    message.resume()
    reply.writeHead(response.status, { 'content-type': 'application/json' }).end(response.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const exchanges: Exchange[] = []
  const proxy = await startRecordingProxy({
    targets: { cs: origin },
    onExchange: exchange => exchanges.push(exchange),
  })
  onTestFinished(async () => void (await proxy.close()))
  await fetch(`${proxy.url('cs')}${new URL(request.url).pathname}`, {
    method: 'POST',
    headers: { 'x-auth-token': 't', 'content-type': contentType, connection: 'close' },
    body: new Blob([form]).stream(),
    duplex: 'half',
  } as RequestInit)
  expect(exchanges[0]?.request.headers).toMatchObject({ 'transfer-encoding': 'chunked' })
  expect(check(exchanges[0], origin)).toEqual([1, []])
})
