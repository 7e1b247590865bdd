import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import * as node from './digest.node.ts'
import * as web from './digest.web.ts'

const text = 'SDK-HMAC-SHA256\n20260102T030405Z\né'

test.each([
  ['node:crypto', node],
  ['Web Crypto', web],
])('%s computes the HMAC of a key of any length', async (_, { hmacSha256 }) => {
  for (const key of ['k', 'é'.repeat(20), 'k'.repeat(64), 'k'.repeat(65), 'k'.repeat(200)]) {
    const expected = createHmac('sha256', key).update(text).digest('hex')
    expect(await hmacSha256(key)(text)).toBe(expected)
    expect(await hmacSha256(new TextEncoder().encode(key))(text)).toBe(expected)
  }
})

test.each([
  ['node:crypto', node],
  ['Web Crypto', web],
])('%s computes the hash of texts and bytes, even if they are empty', async (_, { sha256 }) => {
  for (const data of ['', text]) {
    const expected = createHash('sha256').update(data).digest('hex')
    expect(await sha256(data)).toBe(expected)
    expect(await sha256(new TextEncoder().encode(data))).toBe(expected)
  }
})
