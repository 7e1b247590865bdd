import { expect, test } from 'vitest'
import { parseAuthorization } from './authorization-header.ts'

const signature = 'a'.repeat(64)
const rest = `SignedHeaders=host;X-Sdk-Date, Signature=${signature}`

test.each([
  ['without a scope', `SDK-HMAC-SHA256 Access=AK, ${rest}`],
  ['without spaces after commas', `SDK-HMAC-SHA256 Access=AK,${rest.replace(', ', ',')}`],
  ['with surrounding spaces', ` SDK-HMAC-SHA256 Access=AK, ${rest} `],
  ['with a scope', `SDK-HMAC-SHA256 Credential=AK/20260102/eu-de/dli/sdk_request, ${rest}`],
  ['with a derived key', `V11-HMAC-SHA256 Credential=AK/20260102/eu-de/dli, ${rest}`],
])('parses a signature %s', (_, header) => {
  expect(parseAuthorization(header)).toMatchObject({
    accessKey: 'AK',
    signedHeaders: ['host', 'x-sdk-date'],
    signature,
  })
})

test.each([
  ['an empty header', ''],
  ['a basic authorization', 'Basic QUs6U0s='],
  ['an unknown algorithm', `SDK-HMAC-SHA512 Access=AK, ${rest}`],
  ['no access key', `SDK-HMAC-SHA256 Access=, ${rest}`],
  ['a short signature', `SDK-HMAC-SHA256 Access=AK, ${rest.slice(0, -1)}`],
  ['an upper-case signature', `SDK-HMAC-SHA256 Access=AK, ${rest.replace(signature, signature.toUpperCase())}`],
  ['text after the signature', `SDK-HMAC-SHA256 Access=AK, ${rest}, x`],
  ['a derived key without a scope', `V11-HMAC-SHA256 Access=AK, ${rest}`],
  ['a derived key and the suffix', `V11-HMAC-SHA256 Credential=AK/20260102/eu-de/dli/sdk_request, ${rest}`],
  ['a scope without the suffix', `SDK-HMAC-SHA256 Credential=AK/20260102/eu-de/dli, ${rest}`],
])('rejects %s', (_, header) => {
  expect(parseAuthorization(header)).toBeUndefined()
})
