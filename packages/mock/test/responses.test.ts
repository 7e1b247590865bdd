import { describe, expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile()

const DOCUMENT = '/v1/p/documents/s1'

describe('without a wish', () => {
  test('the first example of the success comes back', async () => {
    const { status, body, headers } = await call(mock.url('docs') + DOCUMENT)
    expect(status).toBe(200)
    expect(body).toEqual({ id: 's1', copies: 3, note: null })
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.has('preference-applied')).toBe(false)
  })

  test('a JSON body that fits the schema is taken', async () => {
    const body = JSON.stringify({ format: 'A4', copies: 2 })
    const headers = { 'Content-Type': 'application/json' }
    expect((await call(`${mock.url('docs')}/v1/p/documents`, { method: 'POST', body, headers })).status).toBe(200)
  })

  test('a form that fits the schema is taken', async () => {
    const body = new FormData()
    body.set('format', 'A5')
    expect((await call(`${mock.url('docs')}/v1/p/documents`, { method: 'POST', body })).status).toBe(200)
  })

  test('204 has no body', async () => {
    const { status, body, headers } = await call(mock.url('docs') + DOCUMENT, { method: 'DELETE' })
    expect([status, body, headers.get('content-type')]).toEqual([204, undefined, null])
  })

  test('arrays in the query are read', async () => {
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
    ['code=200, example=P.1', 200, { done: 'no', error: { code: 'P.1', text: 'Wrong.' } }],
  ])('%s', async (Prefer, status, body) => {
    const headers = { Prefer, 'Content-Type': 'application/json' }
    const answer = await call(`${mock.url('docs')}/v1/p/documents`, {
      method: 'POST',
      body: '{"format":"A4"}',
      headers,
    })
    expect(answer.body).toEqual(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('preference-applied')).toBeTruthy()
  })

  test('dynamic=true makes a body up that fits the schema, the same one for a seed', async () => {
    const made = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'dynamic=true; seed=1' } })
    expect(made.status).toBe(200)
    expect(made.body).toEqual({ id: expect.any(String), copies: expect.any(Number), ...(made.body as object) })
    expect(made.body).not.toEqual({ id: 's1', copies: 3, note: null })
    const again = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'dynamic=true; seed=1' } })
    expect(again.body).toEqual(made.body)
  })

  test('headers of the response come along', async () => {
    const { status, headers } = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer: 'code=429' } })
    expect([status, headers.get('retry-after')]).toEqual([429, '7'])
  })

  test.each([
    [
      'example=getDocument.sucess',
      /getDocument has no example "getDocument.sucess", did you mean "getDocument.success"\?.*P\.9/,
    ],
    ['example=zzz', /no example "zzz"; It has getDocument.success, P.9, P.1/],
    ['code=418', /getDocument documents no status 418; it has 200, 400, 401, 404, 429/],
    ['code=400, example=P.4', /example "P.4" stands under 404, not 400/],
    ['code=200, example=GW.429', /stands under 429, not 200, and its body is no failure by x-errors/],
    ['code=nope', /code=nope is not an HTTP status/],
  ])('%s is refused, and says what there is', async (Prefer, message) => {
    const answer = await call(mock.url('docs') + DOCUMENT, { headers: { Prefer } })
    expect([answer.status, answer.code]).toEqual([400, 'P.1'])
    expect(answer.message).toMatch(message)
    expect(answer.headers.has('preference-applied')).toBe(false)
  })
})

test('a response of ours that breaks the spec is a 500 that says what broke', async () => {
  const { status, message } = await call(`${mock.url('docs')}/v1/p/broken`)
  expect(status).toBe(500)
  expect(message).toContain("The mock's own response (200) breaks the spec")
  expect(message).toContain('property id must be string')
  expect(message).toContain('property copies must be integer')
})
