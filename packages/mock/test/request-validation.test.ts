import { describe, expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile({ bodyLimit: 100 })

/** Returns the body of the service's error example for invalid requests, with the mock's message. */
const createErrorBody = (text: unknown) => ({ done: 'no', error: { code: 'P.1', text } })

describe('query', () => {
  test.each([
    ['since=2026&pageSize=51', 'query parameter "pageSize" must be <= 50, got "51"'],
    ['since=2026&pageSize=x', 'query parameter "pageSize" must be integer, got "x"'],
    [
      'since=2026&sort_by=name',
      'query parameter "sort_by" must be equal to one of the allowed values: id, copies, got "name"',
    ],
    ['since=26', 'query parameter "since" must match pattern "^\\d{4}$", got "26"'],
    ['', 'query parameter "since" is required'],
    ['since=2026&tags=a&tags=b&tags=c', 'query parameter "tags" must NOT have more than 2 items, got ["a","b","c"]'],
    ['since=2026&tags=a&tags=long', 'query parameter "tags"/1 must NOT have more than 3 characters, got ["a","long"]'],
    ['since=2026&pageSize=', 'query parameter "pageSize" must not be empty (leave it out or send a value)'],
    ['since=2026&sort_by=', 'query parameter "sort_by" must not be empty (leave it out or send a value)'],
    ['since=', 'query parameter "since" is required'],
    ['since=2026&pageSize=1&pageSize=2', 'query parameter "pageSize" must be integer, got ["1","2"]'],
    ['since=2026&sortby=id', 'query parameter "sortby" is not declared, did you mean "sort_by"?'],
    ['since=2026&pagesize=9', 'query parameter "pagesize" is not declared, did you mean "pageSize"?'],
    ['since=2026&zzz=1', 'query parameter "zzz" is not declared (valid names: pageSize, sort_by, tags, since)'],
    [
      'since=2026&__proto__=1',
      'query parameter "__proto__" is not declared (valid names: pageSize, sort_by, tags, since)',
    ],
  ])('rejects the query ?%s with a message about the parameter', async (query, message) => {
    const { status, body } = await call(`${mock.url('docs')}/v1/p/documents?${query}`)
    expect(body).toEqual(createErrorBody(message))
    expect(status).toBe(400)
  })

  test('lists all violations', async () => {
    const { message } = await call(`${mock.url('docs')}/v1/P/documents?pageSize=0&x=1`)
    expect(message).toContain('query parameter "since" is required')
    expect(message).toContain('query parameter "pageSize" must be >= 1, got "0"')
    expect(message).toContain('path parameter "account_id" must match pattern')
    expect(message).toContain('query parameter "x" is not declared')
  })
})

test('validates path parameters after decoding', async () => {
  const { status, message } = await call(`${mock.url('docs')}/v1/p/documents/${encodeURIComponent('a/b, %c d')}`)
  expect([status, message]).toEqual([400, 'path parameter "document_id" must NOT have more than 8 characters'])
  expect((await call(`${mock.url('docs')}/v1/p/documents/${encodeURIComponent('a/b,%c d')}`)).status).toBe(200)
})

describe('body', () => {
  const post = async (body: string, type: string) => {
    return call(`${mock.url('docs')}/v1/p/documents`, { method: 'POST', body, headers: { 'Content-Type': type } })
  }

  test('a body must match the schema, and the error lists the place of each violation', async () => {
    const { status, body } = await post('{"format":"A3","copies":10,"color":true}', 'application/json')
    expect(status).toBe(400)
    expect(body).toEqual(
      createErrorBody(
        "body must NOT have additional properties; found 'color'; body/format must be equal to one of the allowed values: A4, A5; body/copies must be <= 9",
      ),
    )
  })

  test('a body is required', async () => {
    expect((await post('', 'application/json')).body).toEqual(createErrorBody('Body parameter is required'))
  })

  test.each(['{"format":', '{format: "A4"}', 'A4'])('a body must be valid JSON, not %s', async text => {
    const { status, body } = await post(text, 'application/json; charset=utf-8')
    expect(status).toBe(400)
    expect(body).toEqual(
      createErrorBody(expect.stringMatching(/^The body is not valid JSON: .*(?:JSON|Unexpected|Expected)/)),
    )
  })

  test.each([
    ['text/plain', 'Content-Type: Supported content types: application/json,multipart/form-data'],
    ['nonsense', 'Content-Type "nonsense" is not a media type. Send a media type such as application/json.'],
  ])('a body must have a type that the operation accepts, not %s', async (type, message) => {
    const { status, body } = await post('{"format":"A4"}', type)
    expect([status, body]).toEqual([415, createErrorBody(message)])
  })

  test('a body is rejected if the operation accepts no body', async () => {
    const init = { method: 'DELETE', body: '{}', headers: { 'Content-Type': 'application/json' } }
    const { status, message } = await call(`${mock.url('docs')}/v1/p/documents/s1`, init)
    expect([status, message]).toEqual([
      415,
      'Content-Type: No supported content types, but request included a non-empty body',
    ])
  })

  test.each(['with', 'without'])('a body %s a Content-Length is rejected if it is too long', async contentLength => {
    const text = `{"format":"${'A'.repeat(5_000_000)}"}`
    const body = contentLength === 'with' ? text : new Blob([text]).stream()
    const headers = { 'Content-Type': 'application/json' }
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    const { status, message } = await call(`${mock.url('docs')}/v1/p/documents`, init)
    expect([status, message]).toEqual([413, 'The body is longer than 100 bytes. Send a shorter body.'])
  })
})

describe('credentials', () => {
  test('credentials are required, and the 401 of the service lists the alternatives', async () => {
    const { status, body } = await call(`${mock.url('docs')}/v1/p/documents?bad=1`, { headers: { 'X-Token': '' } })
    expect(status).toBe(401)
    const text = 'The request has no credentials. Send the header X-Token, or the header X-Signature.'
    expect(body).toEqual({ done: 'no', error: { code: 'P.2', text } })
  })

  test('credentials can be sent in either of the two headers', async () => {
    const headers = { 'X-Token': '', 'X-Signature': 's' }
    expect((await call(`${mock.url('docs')}/v1/p/documents/s1`, { headers })).status).toBe(200)
  })
})

test.each([
  ['text/html', 406, 'Accept "text/html" excludes the available media types. Send Accept: application/json.'],
  ['nonsense', 406, 'Accept "nonsense" contains no media type. Send a media type such as application/json.'],
  ['nonsense, application/json', 200, ''],
  ['text/html, application/*;q=0.5', 200, ''],
])('handles Accept: %s', async (Accept, status, message) => {
  const response = await call(`${mock.url('docs')}/v1/p/documents/s1`, { headers: { Accept } })
  expect([response.status, response.message]).toEqual([status, message])
})
