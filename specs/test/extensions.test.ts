import { describe, expect, test } from 'vitest'
import { at, type Json, type JsonObject, object, operationsOf, responsesOf, schemaAt, specs } from './spec.ts'

const entries = (node: Json | undefined) => Object.entries(object(node)) as [string, JsonObject][]

describe.each(specs)('$service', ({ spec }) => {
  const operations = new Map(operationsOf(spec).map(operation => [operation.id, operation]))
  const success = (id: Json | undefined) => {
    const operation = operations.get(`${id}`)
    if (!operation) throw new Error(`There is no operation ${id}`)
    const found = responsesOf(spec, operation).find(({ status }) => status === '200')
    return { operation, schema: found?.schema, bodies: found?.examples.map(([, body]) => body) ?? [] }
  }

  describe.each(entries(spec['x-jobs']))('job kind %s', (_, kind) => {
    const get = object(kind['get'])
    const { schema, bodies } = success(get['op'])
    const found = schemaAt(spec, schema, `${get['at']}`)
    const job = get['find'] ? schemaAt(spec, found.schema['items'], '').schema : found.schema
    const jobs = bodies
      .map(body => at(body, `${get['at']}`))
      .flatMap(value => (get['find'] ? (value as Json[]) : value))
    const pointers = Object.values({ ...object(kind['key']), ...object(kind['fields']) }).filter(Boolean) as string[]

    test.each(pointers)('%s is required, and stands in every example', pointer => {
      expect(found.required).toBe(true)
      expect(schemaAt(spec, job, pointer).required).toBe(true)
      expect(jobs.length).toBeGreaterThan(0)
      for (const example of jobs) expect(at(example, pointer)).toBeDefined()
    })

    test('maps exactly the known values of its state', () => {
      const known = schemaAt(spec, job, `${object(kind['fields'])['state']}`).schema['x-known-values'] as Json[]
      expect(Object.keys(object(kind['states'])).sort()).toEqual(known.map(String).sort())
    })

    test('simulates known values, with their type', () => {
      const known = schemaAt(spec, job, `${object(kind['fields'])['state']}`).schema['x-known-values']
      for (const [, path] of entries(kind['simulate'])) expect(known).toEqual(expect.arrayContaining(path as never))
    })
  })

  test('every operation that x-jobs names exists', () => {
    for (const [, kind] of entries(spec['x-jobs'])) {
      const calls = ['get', 'list', 'start', 'cancel'].map(name => object(kind[name])['op'] as string | undefined)
      const named = [...calls, ...Object.keys(object(kind['create']))].filter(name => name !== undefined)
      expect(named.filter(name => !operations.has(name))).toEqual([])
    }
  })

  test('x-pagination points at what is there', () => {
    for (const { id, node } of operations.values()) {
      const page = object(node['x-pagination'])
      if (!page['items']) continue
      const { schema, bodies } = success(id)
      const items = schemaAt(spec, schema, `${page['items']}`)
      expect(items.schema['type'], id).toBe('array')
      expect(schemaAt(spec, items.schema['items'], `${page['key']}`).required, id).toBe(true)
      if (page['total'] === undefined) continue
      for (const body of bodies) expect(at(body, `${page['total']}`), id).toBeTypeOf('number')
    }
  })

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

  test('no error code has two meanings', () => {
    const codes = Object.values(object(object(spec['x-errors'])['kinds'])).flat() as string[]
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  })
})
