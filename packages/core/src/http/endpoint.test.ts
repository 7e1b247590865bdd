import { expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import { endpointOf } from './endpoint.ts'

test('the formula of the cloud, and the regions that do not follow it', () => {
  expect(endpointOf(service, { region: 'cn-north-4' })).toBe('https://svc.cn-north-4.example.com')
  expect(endpointOf(service, { region: 'eu-west-101' })).toBe('https://svc.eu-west-101.example.org')
})

test.each(['otc', 'constructor'])('a cloud without the service is refused with those that have it: %s', cloud => {
  expect(() => endpointOf(service, { cloud, region: 'eu-de' })).toThrow('cloud: must be huaweicloud')
})

test.each([undefined, '', 'evil.test/', 'a.b', 'EU'])(
  'a region that is none cannot become part of a host: %j',
  region => {
    expect(() => endpointOf(service, { region })).toThrow(/^region: /)
  },
)

test.each([
  'https://gateway.test',
  'https://gateway.test/base/',
  'http://127.0.0.1:4010/svc',
  'http://localhost:1',
  'http://[::1]:1',
])('%s is an endpoint', endpoint => {
  expect(endpointOf(service, { endpoint })).toBe(endpoint)
})

test.each([
  'gateway.test',
  'ftp://gateway.test',
  'http://gateway.test',
  'https://user:secret@gateway.test',
  'https://gateway.test?a=b',
  'http://127.0.0.1.evil.test',
])('%s is refused, and not quoted: it may hold a secret', endpoint => {
  const call = () => endpointOf(service, { endpoint })
  expect(call).toThrow(/^endpoint: must be like https:/)
  expect(call).not.toThrow('secret')
})

test('plain http off this machine must be asked for', () => {
  expect(endpointOf(service, { endpoint: 'http://proxy.test', allowInsecure: true })).toBe('http://proxy.test')
})
