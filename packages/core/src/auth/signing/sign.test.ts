import { describe, expect, test } from 'vitest'
import { common, vectors } from '../../../test/vectors.ts'
import { access } from './access.ts'
import * as node from './digest.node.ts'
import * as web from './digest.web.ts'
import { canonicalRequest, sign } from './sign.ts'

describe.each([
  ['Web Crypto', web],
  ['node:crypto', node],
])('SDK-HMAC-SHA256 by %s', (_, { hmacSha256, sha256 }) => {
  test.each(vectors)('$name', async ({ key, method, url, headers, body, canonical, signed, signature }) => {
    const request = { method, url, headers: new Headers(headers), body: new TextEncoder().encode(body ?? '') }
    if (canonical) expect(await sha256(await canonicalRequest(request))).toBe(canonical)
    const hmac = hmacSha256(key.secretKey)
    const authorization = await sign(request, async (date, hash) => [
      'head',
      await hmac(`SDK-HMAC-SHA256\n${date}\n${hash}`),
    ])
    expect(authorization).toBe(`head, SignedHeaders=${signed}, Signature=${signature}`)
  })
})

const signature = (url: string) =>
  sign({ method: 'GET', url, headers: new Headers(), body: new Uint8Array() }, access('AK', 'SK'))

test('adds the access key to the header as Access= in the default form', async () => {
  const request = { method: 'GET', url: 'https://h/', headers: new Headers(common), body: new Uint8Array() }
  expect(await sign(request, access('AK', 'SK'))).toMatch(
    /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=[0-9a-f]{64}$/,
  )
})

test('does not depend on the order of query parameters, even if names are repeated or have the same prefix', async () => {
  expect(await signature('https://h/?tags-any=x&tags=b&tags=a')).toBe(
    await signature('https://h/?tags=a&tags=b&tags-any=x'),
  )
})

test('sorts the query before encoding it', async () => {
  const request = { method: 'GET', url: 'https://h/?%5B=1&A=%5B&A=B', headers: new Headers(), body: new Uint8Array() }
  expect((await canonicalRequest(request)).split('\n')[2]).toBe('A=B&A=%5B&%5B=1')
})

test('signs a port that is not the default as part of the host', async () => {
  expect(await signature('https://h.test:8443/')).not.toBe(await signature('https://h.test/'))
  expect(await signature('https://h.test:443/')).toBe(await signature('https://h.test/'))
})
