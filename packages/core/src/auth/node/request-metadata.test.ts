import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { requestMetadata } from './request-metadata.ts'

async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('sends a GET request if no method is set, with the given headers, and returns the status and the text', async () => {
  const url = await startServer((request, response) =>
    response.writeHead(404).end(`${request.method} ${request.headers['x-name']}`),
  )
  const { status, text } = await requestMetadata(url, { headers: { 'X-Name': 'value' } })
  expect({ status, text: await text() }).toEqual({ status: 404, text: 'GET value' })
})

test('accepts a response of 65,536 bytes and rejects a longer response', async () => {
  const url = await startServer((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
  const response = await requestMetadata(`${url}/65536`, {})
  expect(await response.text()).toHaveLength(65_536)
  await expect(requestMetadata(`${url}/65537`, {})).rejects.toMatchObject({
    message: 'the request failed',
    cause: { message: 'more than 65536 bytes' },
  })
})

test('rejects if the request is aborted', async () => {
  const controller = new AbortController()
  const url = await startServer(() => controller.abort())
  await expect(requestMetadata(url, { signal: controller.signal })).rejects.toMatchObject({
    cause: { message: 'aborted' },
  })
})
