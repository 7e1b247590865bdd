import { describe, expect, test } from 'vitest'
import { type Json, object, specs } from './spec.ts'

describe.each(specs)('$service', ({ spec }) => {
  test('the gateway is merged into x-errors, with both prefixes', () => {
    const { gateway, kinds, requestId } = object(spec['x-errors'])
    expect(gateway).toBeUndefined()
    expect(requestId).toContain('/request_id')
    expect(object(kinds)['rate-limit']).toEqual(expect.arrayContaining(['APIG.0308', 'APIGW.0308']))
  })

  test('every code of the gateway has its HTTP status', () => {
    const { kinds, status } = object(spec['x-errors'])
    const gateway = (lists: Json | undefined) =>
      (Object.values(object(lists)).flat() as string[]).filter(code => /^APIG/.test(code))
    expect(gateway(status).toSorted()).toEqual(gateway(kinds).toSorted())
  })

  test('has the limits of the gateway', () => {
    const { signedBody, clockSkew, keyLock } = object(spec['x-gateway-limits'])
    expect(object(signedBody)['maxBytes']).toBe(12 * 1024 * 1024)
    expect(object(clockSkew)['maxSeconds']).toBe(15 * 60)
    expect(object(keyLock)).toMatchObject({ failures: 5, seconds: 5 * 60 })
  })

  test('no error code has two meanings', () => {
    const codes = Object.values(object(object(spec['x-errors'])['kinds'])).flat() as string[]
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })
})
