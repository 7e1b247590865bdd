import { expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile()

test('each service stands under its prefix', async () => {
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
])('%s is a 404 in the shape of the gateway, naming the nearest', async (path, nearest) => {
  const { status, body, headers } = await call(mock.origin + path)
  expect(status).toBe(404)
  expect(body).toEqual({
    gw_code: 'GW.404',
    gw_text: `There is no GET ${path}; the nearest is ${nearest}`,
    gw_id: headers.get('x-request-id'),
  })
})

test('a wrong method is a 405 with Allow', async () => {
  const { status, body, headers } = await call(`${mock.url('docs')}/v1/p/documents/s1`, { method: 'PUT' })
  expect([status, headers.get('allow')]).toEqual([405, 'GET, DELETE'])
  expect(body).toMatchObject({ gw_text: '/docs/v1/p/documents/s1 does not take PUT; it takes GET, DELETE' })
})

test('every answer has a request id, the one of its body where that has one', async () => {
  const url = `${mock.url('docs')}/v1/p/documents/s1`
  const ids = await Promise.all([call(url), call(url)].map(async answer => (await answer).headers.get('x-request-id')))
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
  expect(ids[0]).not.toBe(ids[1])
  const { headers } = await call(url, { headers: { Prefer: 'example=GW.429' } })
  expect(headers.get('x-request-id')).toBe('b2')
})
