import { expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import { resolveEndpoint } from './endpoint.ts'

test('fills the region into the URL of the cloud, unless the region has its own URL', () => {
  expect(resolveEndpoint(service, { region: 'cn-north-4' })).toBe('https://svc.cn-north-4.example.com')
  expect(resolveEndpoint(service, { region: 'eu-west-101' })).toBe('https://svc.eu-west-101.example.org')
})

test.each(['otc', 'constructor'])(
  'rejects a cloud that does not offer the service, and names the clouds that offer it: %s',
  cloud => {
    expect(() => resolveEndpoint(service, { cloud, region: 'eu-de' })).toThrow(
      `cloud is \`${cloud}\` but must be \`huaweicloud\``,
    )
  },
)

test.each([undefined, '', 'evil.test/', 'a.b', 'EU'])(
  'rejects a region that is not valid in a host name: %j',
  region => {
    const error = expect.objectContaining({ name: 'ConfigurationError', option: 'region' })
    expect(() => resolveEndpoint(service, { region })).toThrow(error)
  },
)

test.each([
  'https://gateway.test',
  'https://gateway.test/base/',
  'http://127.0.0.1:4010/svc',
  'http://localhost:1',
  'http://[::1]:1',
])('accepts the endpoint %s', endpoint => {
  expect(resolveEndpoint(service, { endpoint })).toBe(endpoint)
})

test.each([
  'gateway.test',
  'ftp://gateway.test',
  'https://user:secret@gateway.test',
  'https://gateway.test?a=b',
  'http://localhost\\.evil.test',
  'https://ho st',
  'https://h:99999',
  'https://h\n.test',
  'https:gateway.test',
  '',
  null as unknown as string,
])('rejects the endpoint %s with an error that does not quote it, because it may contain a secret', endpoint => {
  const call = () => resolveEndpoint(service, { endpoint })
  expect(call).toThrow(/^endpoint must be a valid https URL without a user name or a query\.$/)
  expect(call).not.toThrow('secret')
})

test.each(['http://gateway.test', 'http://127.0.0.1.evil.test', 'http://1279999999'])(
  'rejects the endpoint %s with an error that names allowInsecure',
  endpoint => {
    expect(() => resolveEndpoint(service, { endpoint })).toThrow(
      'endpoint must be an https URL. For http, set allowInsecure.',
    )
  },
)

test('accepts a URL object as endpoint', () => {
  const endpoint = new URL('https://gateway.test/base') as unknown as string
  expect(resolveEndpoint(service, { endpoint })).toBe('https://gateway.test/base')
})

test('accepts http to another host only with allowInsecure', () => {
  expect(resolveEndpoint(service, { endpoint: 'http://proxy.test', allowInsecure: true })).toBe('http://proxy.test')
})
