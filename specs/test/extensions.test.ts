import { describe, expect, test } from 'vitest'
import type { JobKindSpecs } from '../src/index.ts'
import { deref, type Json, type Operation, object, operationsOf, responsesOf, specs } from './spec.ts'

describe.each(specs)('$service', ({ service, spec }) => {
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

  test('every code with its own advice is in the list of kinds', () => {
    const { kinds, fixes } = object(spec['x-errors'])
    const codes = Object.values(object(kinds)).flat()
    expect(codes).toEqual(expect.arrayContaining(Object.keys(object(fixes))))
  })

  test('has the limits of the gateway', () => {
    const { signedBody, clockSkew, keyLock } = object(spec['x-gateway-limits'])
    expect(object(signedBody)['maxBytes']).toBe(12 * 1024 * 1024)
    expect(object(clockSkew)['maxSeconds']).toBe(15 * 60)
    expect(object(keyLock)).toMatchObject({ failures: 5, seconds: 5 * 60 })
  })

  test('lists the headers with the ID of a request', () => {
    const expected = service === 'iam' ? ['X-IAM-Trace-Id', 'X-Request-Id'] : ['X-Request-Id']
    expect(object(spec['x-errors'])['requestIdHeaders']).toEqual(expected)
  })

  test('the known values of a state are the states of its job kind', () => {
    for (const [kind, { operations, fields, states }] of Object.entries(
      (spec['x-jobs'] ?? {}) as unknown as JobKindSpecs,
    )) {
      const operation = operationsOf(spec).find(({ id }) => id === operations.get.operation) as Operation
      const [success] = responsesOf(spec, operation)
      const known = (schema: Json | undefined, pointer: string): Json | undefined => {
        const [name, ...rest] = pointer.split('/').slice(1)
        const { allOf = [], properties, items, 'x-known-values': values } = deref(spec, schema)
        if (name === undefined) return values
        const own = object(properties)[name] ?? (items as Json)
        const parts = own === undefined ? (allOf as Json[]) : [own]
        const inner = own === undefined ? pointer : rest.map(each => `/${each}`).join('')
        return parts.map(part => known(part, inner)).find(found => found !== undefined)
      }
      const pointer = `${operations.get.at}${operations.get.find ? '/0' : ''}${fields.state}`
      const values = (known(success?.schema, pointer) ?? []) as Json[]
      expect(new Set(values.map(String)), kind).toEqual(new Set(Object.keys(states)))
    }
  })

  test('no error code has two meanings', () => {
    const codes = Object.values(object(object(spec['x-errors'])['kinds'])).flat() as string[]
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })
})
