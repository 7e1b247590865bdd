import { expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile()

test('serves each service under its prefix', async () => {
  expect((await call(`${mock.url('docs')}/v1/p/documents/s1`)).body).toMatchObject({ id: 's1' })
  expect((await call(`${mock.url('library')}/books/1`)).body).toMatchObject({ id: 'b' })
  expect((await call(`${mock.url('library')}/v1/p/documents/s1`)).status).toBe(404)
})

test.each([
  ['/docs/v1/p/document/s1', 'GET /docs/v1/{account_id}/documents/{document_id}'],
  ['/docs/v1/p/documents/s1/', 'GET /docs/v1/{account_id}/documents/{document_id}'],
  ['/docs/v1//documents/s1', 'GET /docs/v1/{account_id}/documents/{document_id}'],
  ['/v1/p/documents', 'GET /docs/v1/{account_id}/documents'],
  ['/libary/books/7', 'GET /library/books/{book_id}'],
  ['/docs/v1/p/documents/%zz', 'GET /docs/v1/{account_id}/documents/{document_id}'],
])("responds to %s with the gateway's 404, and names the most similar route", async (path, nearest) => {
  const { status, body, headers } = await call(mock.origin + path)
  expect(status).toBe(404)
  expect(body).toEqual({
    gw_code: 'GW.404',
    gw_text: `No operation matches GET ${path}. The most similar operation is ${nearest}.`,
    gw_id: headers.get('x-request-id'),
  })
})

test('responds to a wrong method with 405 and Allow', async () => {
  const { status, body, headers } = await call(`${mock.url('docs')}/v1/p/documents/s1`, { method: 'PUT' })
  expect([status, headers.get('allow')]).toEqual([405, 'GET, DELETE'])
  expect(body).toMatchObject({
    gw_text: '/docs/v1/p/documents/s1 does not support PUT. Supported methods: GET, DELETE.',
  })
})

test('sends a request ID in the headers of every response, and the same ID in the body of an error', async () => {
  const url = `${mock.url('docs')}/v1/p/documents/s1`
  const ids = await Promise.all(
    [call(url), call(url)].map(async response => (await response).headers.get('x-request-id')),
  )
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
  expect(ids[0]).not.toBe(ids[1])
  const { headers } = await call(url, { headers: { Prefer: 'example=GW.429' } })
  expect(headers.get('x-request-id')).toBe('b2')
})
