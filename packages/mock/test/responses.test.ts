import { describe, expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile()

const DOCUMENT = '/v1/p/documents/s1'

describe('without Prefer', () => {
  test('returns the first success example', async () => {
    const { status, body, headers } = await call(mock.url('docs') + DOCUMENT)
    expect(status).toBe(200)
    expect(body).toEqual({ id: 's1', copies: 3, note: null })
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.has('preference-applied')).toBe(false)
  })

  test('accepts a JSON body that matches the schema', async () => {
    const body = JSON.stringify({ format: 'A4', copies: 2 })
    const headers = { 'Content-Type': 'application/json' }
    expect((await call(`${mock.url('docs')}/v1/p/documents`, { method: 'POST', body, headers })).status).toBe(200)
  })

  test('accepts a form that matches the schema', async () => {
    const body = new FormData()
    body.set('format', 'A5')
    expect((await call(`${mock.url('docs')}/v1/p/documents`, { method: 'POST', body })).status).toBe(200)
  })

  test('sends no body with 204', async () => {
    const { status, body, headers } = await call(mock.url('docs') + DOCUMENT, { method: 'DELETE' })
    expect([status, body, headers.get('content-type')]).toEqual([204, undefined, null])
  })

  test('accepts arrays in the query', async () => {
    expect((await call(`${mock.url('docs')}/v1/p/documents?since=2026&tags=a&tags=b`)).status).toBe(200)
  })
})

describe('Prefer', () => {
  test.each([
    ['example=createDocument.blank', 200, { id: '', copies: 0 }],
    ['example="createDocument.blank"', 200, { id: '', copies: 0 }],
    ['code=200; example=createDocument.blank', 200, { id: '', copies: 0 }],
    ['code=404', 404, { done: 'no', error: { code: 'P.4', text: 'No such document.' } }],
    ['example=P.4', 404, { done: 'no', error: { code: 'P.4', text: 'No such document.' } }],
    ['code=404, example=GW.404', 404, { gw_code: 'GW.404', gw_text: 'No such API.', gw_id: 'a1' }],
    ['code=200, example=P.1', 200, { done: 'no', error: { code: 'P.1', text: 'The request is invalid.' } }],
  ])('returns the response that %s selects', async (Prefer, status, body) => {
    const headers = { Prefer, 'Content-Type': 'application/json' }
    const response = await call(`${mock.url('docs')}/v1/p/documents`, {
      method: 'POST',
      body: '{"format":"A4"}',
      headers,
    })
    expect(response.body).toEqual(body)
    expect(response.status).toBe(status)
    expect(response.headers.get('preference-applied')).toBeTruthy()
  })

  test('dynamic=true generates a body from the schema, and the same seed generates the same body', async () => {
    const generated = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'dynamic=true; seed=1' } })
    expect(generated.status).toBe(200)
    expect(generated.body).toEqual({
      id: expect.any(String),
      copies: expect.any(Number),
      ...(generated.body as object),
    })
    expect(generated.body).not.toEqual({ id: 's1', copies: 3, note: null })
    const again = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'dynamic=true; seed=1' } })
    expect(again.body).toEqual(generated.body)
  })

  test('sends the headers that the spec declares for the response', async () => {
    const { status, headers } = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'code=429' } })
    expect([status, headers.get('retry-after')]).toEqual([429, '7'])
  })

  test.each([
    [
      'example=getDocument.sucess',
      /getDocument has no example "getDocument.sucess"\. Did you mean "getDocument.success"\?.*P\.9/,
    ],
    ['example=zzz', /no example "zzz"\. Examples: getDocument.success, P.9, P.1/],
    ['code=418', /getDocument documents no status 418\. Use one of 200, 400, 401, 404, 429/],
    ['code=400, example=P.4', /example "P.4" has status 404, not 400/],
    ['code=404, example=getDocument.success', /example "getDocument.success" has status 200, not 404/],
    ['code=418, example=P.4', /getDocument documents no status 418\. Use one of 200, 400/],
    [
      'code=200, example=GW.429',
      /has status 429, not 200\. According to x-errors, the body of this example cannot be sent with a 2xx/,
    ],
    ['code=nope', /code=nope is not an HTTP status\. Send a number such as code=200\./],
    ['example=""', /example= is empty\. Send the name of an example\./],
  ])('rejects %s and explains why', async (Prefer, message) => {
    const response = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer } })
    expect([response.status, response.code]).toEqual([400, 'P.1'])
    expect(response.message).toMatch(message)
    expect(response.headers.has('preference-applied')).toBe(false)
  })
})

test('returns 500 with all violations if the mock itself violates the spec', async () => {
  const { status, message } = await call(`${mock.url('docs')}/v1/p/broken`)
  expect(status).toBe(500)
  expect(message).toContain("The mock's own response (200) violates the spec")
  expect(message).toContain('property id must be string')
  expect(message).toContain('property copies must be integer')
})
