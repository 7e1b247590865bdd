import { expect, test } from 'vitest'
import { call, startForFile } from './harness.ts'

const mock = await startForFile()

const CLIENT_HEADERS = ['X-Auth-Token', 'Authorization', 'X-Sdk-Date', 'X-Project-Id', 'Prefer', 'Content-Type']

test('responds to a preflight for known and unknown paths', async () => {
  for (const path of ['/docs/v1/p/documents', '/nowhere']) {
    const headers = {
      Origin: 'http://localhost:4321',
      'Access-Control-Request-Method': 'DELETE',
      'Access-Control-Request-Headers': 'x-auth-token, x-later',
    }
    const response = await fetch(mock.origin + path, { method: 'OPTIONS', headers })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE')
    const allowed = response.headers.get('access-control-allow-headers')?.split(', ')
    expect(allowed).toEqual(expect.arrayContaining([...CLIENT_HEADERS, 'x-later']))
  }
})

test('treats OPTIONS without preflight headers like any other method', async () => {
  expect((await call(`${mock.origin}/docs/v1/p/documents`, { method: 'OPTIONS' })).status).toBe(405)
})

test('lets any page read every response, including failures', async () => {
  for (const path of ['/docs/v1/p/documents/s1', '/docs/v1/p/documents', '/nowhere', '/docs/v1/p/broken']) {
    const { headers } = await call(mock.origin + path)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    const exposed = headers.get('access-control-expose-headers')?.split(', ')
    const ofResponses = ['X-Request-Id', 'Retry-After', 'Date', 'Allow', 'Deprecation', 'Sunset', 'Preference-Applied']
    expect(exposed).toEqual(expect.arrayContaining(ofResponses))
  }
})
