import { expect, test, vi } from 'vitest'
import { huaweiDomain, otcDomain } from '../../../test/vectors.ts'
import * as digest from './digest.web.ts'
import { scoped } from './scoped.ts'
import { sign } from './sign.ts'
import { v11 } from './v11.ts'

const keys = ['EXAMPLEAK0000000TEST', 'exampleSk+0123456789/abcdefghijklmnop0TEST'] as const
const eude = { region: 'eu-de', service: 'dli' }

const request = (date: string) => ({
  method: 'GET',
  url: `https://dli.eu-de.${otcDomain}/v1.0/0123456789abcdef0123456789abcdef/jobs/6d2146a0-c2d5-41bd-8ca0-ca9694ada992/status`,
  headers: new Headers({
    'content-type': 'application/json',
    'X-Project-Id': '0123456789abcdef0123456789abcdef',
    'X-Sdk-Date': date,
  }),
  body: new Uint8Array(),
})
const names = 'content-type;host;x-project-id;x-sdk-date'

test('v11 computes the same signatures as the vendor', async () => {
  expect(await sign(request('20260102T030405Z'), v11(eude)(...keys))).toBe(
    `V11-HMAC-SHA256 Credential=EXAMPLEAK0000000TEST/20260102/eu-de/dli, SignedHeaders=${names}, Signature=94a3b9df52918173f75ca50aa4a0e65c4e65e430e7c0731b310260f5fc91107a`,
  )
  const published = {
    method: 'GET',
    url: `https://service.endpoint.${huaweiDomain}/resources?size=1`,
    headers: new Headers({ 'X-Sdk-Date': '20200608T023900Z' }),
    body: new Uint8Array(),
  }
  expect(await sign(published, v11({ region: 'test-region-1', service: 'demo' })('AccessKey', 'SecretKey'))).toContain(
    'Signature=f7dfee056692e58dede80fc80cb89bbfabf45552dd7cd8d18a0a13484455b98e',
  )
})

test('scoped derives the key by day, region and service', async () => {
  expect(await sign(request('20260102T030405Z'), scoped(eude)(...keys))).toBe(
    `SDK-HMAC-SHA256 Credential=EXAMPLEAK0000000TEST/20260102/eu-de/dli/sdk_request, SignedHeaders=${names}, Signature=a63082a53d9fdf83aa69b9b1735b63e77a1c3fd45948357f1f609bc081fa4316`,
  )
})

test.each([scoped, v11])('$name derives a new key for each day', async form => {
  const signer = form(eude)(...keys)
  const signatures: string[] = []
  for (const date of ['20260102T235959Z', '20260103T000000Z', '20260102T235959Z'])
    signatures.push(await sign(request(date), signer))
  expect(signatures[0]).toBe(signatures[2])
  expect(signatures[1]).toBe(await sign(request('20260103T000000Z'), form(eude)(...keys)))
  expect(signatures[1]).toContain('/20260103/eu-de/dli')
})

test('Web Crypto and node:crypto accept bytes as a key', async () => {
  vi.resetModules()
  vi.doMock('#platform', () => digest)
  const { scoped: byWebCrypto } = await import('./scoped.ts')
  expect(await byWebCrypto(eude)(...keys)('20260102T030405Z', 'hash')).toEqual(
    await scoped(eude)(...keys)('20260102T030405Z', 'hash'),
  )
  vi.doUnmock('#platform')
})
