import { describe, expect, test } from 'vitest'
import { HeaderMap } from './header-map.ts'
import * as node from './raw-http-client.node.ts'
import * as standard from './raw-http-client.ts'
import type { Call, CallToSend } from './send-context.ts'

/** Creates a client whose requests are recorded instead of sent. Each response is a JSON object. */
function setUp(
  { createRawHttpClient }: typeof standard | typeof node,
  response: { readonly body?: unknown } = { body: { id: '7' } },
) {
  const sent: Call['request'][] = []
  const send = async (call: CallToSend) => {
    sent.push(await call.createRequest())
    const headers = new HeaderMap([['x-request-id', 'r1']])
    return { status: 200, headers, requestId: 'r1', body: response.body, failure: undefined }
  }
  const client = createRawHttpClient({ baseUrl: 'https://dli.test', projectId: 'p', json: JSON, send })
  // The client has no types from a spec, so the types of openapi-fetch accept no path.
  return {
    client: client as never as Record<'GET' | 'POST' | 'request' | 'use', (...args: unknown[]) => Promise<Result>>,
    sent,
  }
}

interface Result {
  readonly data?: unknown
  readonly response: Response
}

describe.each([
  ['standard', standard],
  ['node', node],
])('the %s client', (_, module) => {
  test('returns the parsed body and a Response', async () => {
    const { client } = setUp(module)
    const { data, response } = (await client.GET('/jobs/{id}', { params: { path: { id: 'a b' } } })) as Result
    expect(data).toEqual({ id: '7' })
    expect(response).toBeInstanceOf(Response)
    expect(response.headers.get('X-Request-Id')).toBe('r1')
  })

  test('sends the method, the URL, the headers and the text of the body', async () => {
    const { client, sent } = setUp(module)
    await client.POST('/jobs/{id}', {
      params: { path: { id: 'a b' } },
      body: { name: 'é' },
      headers: { 'X-Mine': '1' },
    })
    const [request] = sent
    expect(request).toMatchObject({ method: 'POST', url: 'https://dli.test/jobs/a%20b' })
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      'content-type': 'application/json',
      'x-mine': '1',
      'x-project-id': 'p',
    })
    expect(new TextDecoder().decode(request?.body)).toBe('{"name":"é"}')
  })

  test('encodes a form with its boundary', async () => {
    const { client, sent } = setUp(module)
    const form = new FormData()
    form.append('file', new Blob(['content']), 'a.txt')
    await client.POST('/files', { body: form })
    expect(sent[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
    expect(new TextDecoder().decode(sent[0]?.body)).toContain('filename="a.txt"')
  })

  test('rejects a GET with a body', async () => {
    const { client, sent } = setUp(module)
    await expect(client.GET('/jobs', { body: { name: 'x' } })).rejects.toThrow(TypeError)
    expect(sent).toEqual([])
  })

  test('accepts the HTTP method as an argument', async () => {
    const { client, sent } = setUp(module)
    expect(await client.request('delete', '/jobs', {})).toMatchObject({ data: { id: '7' } })
    expect(sent[0]?.method).toBe('DELETE')
  })

  test.each(['text', 'stream'])('reads the body as %s', async parseAs => {
    const { client } = setUp(module)
    const { data } = (await client.GET('/jobs', { parseAs })) as Result
    expect(await new Response(data as BodyInit).text()).toBe('{"id":"7"}')
  })

  test('returns no data for an empty body', async () => {
    const { client } = setUp(module, {})
    expect((await client.GET('/jobs')).data).toBeUndefined()
  })

  test.each(['middleware of the client', 'middleware of a call'])(
    'passes a Request and a Response to %s',
    async kind => {
      const { client, sent } = setUp(module)
      const seen: unknown[] = []
      const middleware = {
        onRequest({ request }: { request: Request }) {
          seen.push(request instanceof Request)
          return new Request(request, { headers: { 'x-middleware': 'yes' } })
        },
        onResponse({ response }: { response: Response }) {
          seen.push(response instanceof Response)
        },
      }
      if (kind === 'middleware of the client') client.use(middleware)
      await client.GET('/jobs', kind === 'middleware of a call' ? { middleware: [middleware] } : undefined)
      expect(seen).toEqual([true, true])
      expect(sent[0]?.headers.get('x-middleware')).toBe('yes')
    },
  )
})
