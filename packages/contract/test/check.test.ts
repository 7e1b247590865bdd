import { type Bundle, listOperations, readBundle, services } from '@jobscope/specs'
import { matchesFailure } from '@jobscope/specs/matches-failure'
import { expect, test } from 'vitest'
import { checkTraffic, createBaseline } from '../src/check/check-traffic.ts'
import { createChecker } from '../src/check/checker.ts'
import { readExactInteger } from '../src/check/parse-body.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { sixExchanges } from './six-exchanges.ts'
import { listSpecExchanges } from './spec-exchanges.ts'
import { toNdjson, writeTraffic } from './traffic-files.ts'

const dli = listSpecExchanges('dli')

function getExample(name: string): Exchange {
  const found = dli.find(({ example }) => example === name)
  if (!found) throw new Error(`No example ${name}`)
  return found.exchange
}

function withBody(name: string, change: (body: Record<string, unknown>) => unknown): Exchange {
  const { request, response } = getExample(name)
  const body = change(JSON.parse(response.body ?? '{}') as Record<string, unknown>)
  return { request, response: { ...response, body: typeof body === 'string' ? body : JSON.stringify(body) } }
}

function check(...exchanges: readonly Exchange[]) {
  const checker = createChecker({ services: ['dli'] })
  for (const exchange of exchanges) checker.check(exchange)
  return checker.getReport()
}

const list = (...exchanges: readonly Exchange[]) =>
  check(...exchanges).findings.map(({ rule, side, place, pointer, expected, seen, count }) => ({
    rule,
    side,
    place,
    pointer,
    expected,
    seen,
    count,
  }))

test('ignores the case of job states', () => {
  expect(list(withBody('getBatch.success', body => ({ ...body, state: 'SUCCESS' })))).toEqual([])
})

test('reports the same deviation in several items as one finding, with the place of the first item', () => {
  const exchange = withBody('listBatches.success', body => {
    const [session] = body['sessions'] as object[]
    return { ...body, sessions: [session, { ...session, state: 'asleep' }, { ...session, state: 'asleep' }] }
  })
  expect(list(exchange)).toEqual([
    {
      rule: 'unknown-job-state',
      side: 'response',
      place: 'body',
      pointer: '/sessions/1/state',
      expected: 'one of starting, running, recovering, success, dead',
      seen: 'asleep',
      count: 2,
    },
  ])
})

test('does not check a request that the service has rejected', () => {
  const { request } = getExample('getBatch.success')
  const url = `${request.url}?undocumented=1`
  const refused = { request: { ...request, url }, response: getExample('DLI.0002').response }
  expect(list(refused)).toEqual([])
  expect(list({ ...getExample('getBatch.success'), request: { ...request, url } })).toMatchObject([
    { rule: 'undocumented-parameter', pointer: '/undocumented' },
  ])
})

test('checks the types of path and query parameters', () => {
  const { request, response } = getExample('listBatches.success')
  const url = `${request.url.split('?')[0]}?size=many&from=0`
  expect(list({ request: { ...request, url }, response })).toMatchObject([
    { rule: 'wrong-type', place: 'query', pointer: '/size', expected: 'integer', seen: 'string "many"' },
  ])
  const batch = getExample('getBatch.success')
  const otherUrl = batch.request.url.replace(/[^/]+$/, 'no-uuid')
  expect(list({ ...batch, request: { ...batch.request, url: otherUrl } })).toMatchObject([
    { rule: 'wrong-type', place: 'path', pointer: '/batch_id' },
  ])
})

test('shows the exact digits of an integer that a number cannot represent', () => {
  const text = withBody('getBatch.success', body =>
    JSON.stringify({ ...body, name: 0 }).replace('"name":0', '"name":9223372036854775807'),
  )
  expect(list(text)).toMatchObject([{ rule: 'wrong-type', pointer: '/name', seen: 'integer 9223372036854775807' }])
})

test('finds the digits of an integer, and ignores digits inside strings', () => {
  const text =
    '{"9007199254740993": "9007199254740993 \\\\\\"9007199254740993", "a": [9007199254740993.0, -1, 9007199254740992], "b": 1}'
  expect(readExactInteger(text, 9007199254740992)).toBe('9007199254740992')
  expect(readExactInteger(text, 1)).toBeUndefined()
  expect(readExactInteger('[-12345678901234567890]', Number('-12345678901234567890'))).toBe('-12345678901234567890')
  expect(readExactInteger('["12345678901234567890]', Number('12345678901234567890'))).toBeUndefined()
})

test('a value that violates a pattern and a format is reported once', () => {
  const name = { type: 'string', format: 'uuid', pattern: '^a', maxLength: 1 }
  const schema = { type: 'object', properties: { name, count: { type: 'integer', minimum: 1, format: 'int32' } } }
  const content = { 'application/json': { schema } }
  const bundle = {
    openapi: '3.1.0',
    servers: [{ url: 'https://example.com' }],
    paths: { '/a': { get: { operationId: 'get', responses: { 200: { description: '', content } } } } },
  } as unknown as Bundle
  const checker = createChecker({ bundles: new Map([['a', bundle]]) })
  const respond = (body: object) =>
    checker.check({
      request: { method: 'GET', url: 'https://example.com/a' },
      response: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    })
  expect(respond({ name: 'bcd', count: 0 })).toMatchObject([
    { rule: 'wrong-type', pointer: '/name', expected: 'at most 1 character' },
    { rule: 'wrong-type', pointer: '/count', expected: 'a value of at least 1' },
  ])
  expect(respond({ name: 'b', count: 3_000_000_000 })).toMatchObject([
    { pointer: '/name', expected: 'a value that matches the pattern ^a' },
    { pointer: '/count', expected: 'a value of format int32' },
  ])
  expect(checker.getReport().findings.map(({ count }) => count)).toEqual([2, 2])
})

test('if two endpoints match a URL, the endpoint with the longer path is used', () => {
  const endpoints = { cs: 'https://gateway.internal/jobs', dli: 'https://gateway.internal/jobs/dli/' }
  const checker = createChecker({ services: ['cs', 'dli'], endpoints })
  const { request, response } = getExample('getBatch.success')
  const { pathname } = new URL(request.url)
  const findings = checker.check({
    request: { ...request, url: `https://gateway.internal/jobs/dli${pathname}` },
    response,
  })
  expect(findings).toEqual([])
  expect(checker.getReport().coverage.map(({ service }) => service)).toEqual(['dli'])
})

test('counts the fields of a shared schema separately at each place where the schema is used', () => {
  const spec = { type: 'object', properties: { cpu: { type: 'number' } } }
  const reference = { $ref: '#/components/schemas/Spec' }
  const node = {
    type: 'object',
    properties: {
      a: reference,
      b: reference,
      list: { type: 'array', items: reference },
      child: { $ref: '#/components/schemas/Node' },
    },
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } }
  const bundle = {
    openapi: '3.1.0',
    servers: [{ url: 'https://example.com' }],
    paths: { '/a': { get: { operationId: 'get', responses: { 200: { description: '', content } } } } },
    components: { schemas: { Node: node, Spec: spec } },
  } as unknown as Bundle
  const checker = createChecker({ bundles: new Map([['a', bundle]]) })
  const body = JSON.stringify({ b: { cpu: 1 }, list: [{ cpu: 1 }, { cpu: 2 }], child: { a: {} } })
  checker.check({ request: { method: 'GET', url: 'https://example.com/a' }, response: { status: 200, body } })
  expect(checker.getReport().coverage[0]?.operations[0]?.responseFields).toEqual([
    { name: '/b', count: 1 },
    { name: '/b/cpu', count: 1 },
    { name: '/list', count: 1 },
    { name: '/list/*/cpu', count: 2 },
    { name: '/child', count: 1 },
    { name: '/child/a', count: 1 },
  ])
})

test.each(services)('the coverage counts every field in the examples of %s', service => {
  const checker = createChecker({ services: [service] })
  const failure = readBundle(service)['x-errors']?.failure
  const expected = new Map<string, number>()
  const forms: string[] = []
  for (const { exchange, operation, status } of listSpecExchanges(service)) {
    if (status >= 300) continue
    checker.check(exchange)
    const { request, response } = exchange
    if (request.body !== undefined && !request.body.startsWith('{')) forms.push(operation)
    addFields(`${operation} request`, request.body, expected)
    // A failure in a response with a 2xx status has another schema, so its fields are not counted.
    const isFailure = failure !== undefined && matchesFailure(failure, JSON.parse(response.body || 'null'))
    if (!isFailure) addFields(`${operation} response`, response.body, expected)
  }
  const { operations = [] } = checker.getReport().coverage[0] ?? {}
  const covered = operations.flatMap(({ operation, requestFields, responseFields }) => [
    ...requestFields.flatMap(({ name, count }) =>
      forms.includes(operation) ? [] : [[`${operation} request${name}`, count] as const],
    ),
    ...responseFields.map(({ name, count }) => [`${operation} response${name}`, count] as const),
  ])
  expect(covered.length).toBeGreaterThan(20)
  expect(covered.map(([name]) => [name, expected.get(name)])).toEqual(covered)
})

/** Adds the fields of a JSON text to the counts. */
function addFields(prefix: string, text = '', counts: Map<string, number>): void {
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      const place = Array.isArray(value) ? `${pointer}/*` : `${pointer}/${name}`
      if (!Array.isArray(value)) counts.set(place, (counts.get(place) ?? 0) + 1)
      visit(inner, place)
    }
  }
  if (/^\s*[{[]/.test(text)) visit(JSON.parse(text), prefix)
}

test('checks the failed items of an array against the schema of failures', () => {
  const [first] = JSON.parse(getExample('stopFlinkJobs.success').response.body ?? '[]') as object[]
  const failed = { is_success: 'false', message: 'The job does not exist.' }
  const stop = (...items: object[]) => withBody('stopFlinkJobs.success', () => items)
  expect(list(stop(first ?? {}, failed))).toEqual([])
  expect(check(stop(first ?? {}, failed)).failuresInSuccess).toBe(1)
  expect(list(stop(first ?? {}, { is_success: 'false' }))).toMatchObject([
    { rule: 'missing-required-field', pointer: '/1/message' },
  ])
  expect(list(stop({}, failed))).toMatchObject([
    { rule: 'missing-required-field', pointer: '/0/is_success' },
    { rule: 'missing-required-field', pointer: '/0/message' },
  ])
})

test('reports the differences from the closest alternative if a body fits none of the alternatives', () => {
  const { request, response } = getExample('createBatch.success')
  const body = JSON.stringify({ file: 'obs://bucket/job.jar', className: 5 })
  expect(list({ request: { ...request, body }, response })).toMatchObject([
    { rule: 'wrong-type', side: 'request', pointer: '/className', expected: 'string' },
  ])
})

test('does not show the value of an undocumented field', () => {
  const report = check(withBody('getBatch.success', body => ({ ...body, sparkUi: 'top-secret' })))
  expect(JSON.stringify(report)).not.toContain('top-secret')
})

test('a baseline hides known findings, but not new findings', async () => {
  const exchanges = sixExchanges.map(({ exchange }) => exchange)
  const before = writeTraffic('a.ndjson', toNdjson(exchanges.slice(0, 3)))
  const after = writeTraffic('b.ndjson', toNdjson(exchanges))
  const baseline = createBaseline(await checkTraffic([before]))
  const report = await checkTraffic([after], { baseline })
  expect(report.suppressed).toBe(2)
  expect(report.findings.map(({ rule }) => rule)).toEqual(['unknown-error-code', 'undocumented-response-field'])
})

test('the coverage lists exactly the parts that the traffic used', () => {
  const { request, response } = getExample('listBatches.success')
  const url = `${request.url.split('?')[0]}?size=10`
  const state = (name: string) => withBody('getBatch.success', body => ({ id: body['id'], state: name }))
  const { coverage } = check(
    { request: { ...request, url }, response },
    state('dead'),
    state('dead'),
    getExample('DLI.0002'),
  )
  const [
    { operations, states, totals, unusedOperations } = {
      operations: [],
      states: [],
      totals: undefined,
      unusedOperations: [],
    },
  ] = coverage
  expect(operations.map(({ operation, count }) => [operation, count])).toMatchInlineSnapshot(`
    [
      [
        "listBatches",
        1,
      ],
      [
        "createBatch",
        1,
      ],
      [
        "getBatch",
        2,
      ],
    ]
  `)
  const get = operations.find(({ operation }) => operation === 'getBatch')
  expect(get?.responseFields).toEqual([
    { name: '/id', count: 2 },
    { name: '/state', count: 2 },
  ])
  expect(get?.statuses).toEqual([{ name: '200', count: 2 }])
  const listed = operations.find(({ operation }) => operation === 'listBatches')
  expect(listed?.parameters).toEqual([
    { name: 'path project_id', count: 1 },
    { name: 'query size', count: 1 },
  ])
  expect(states.find(({ kind }) => kind === 'batch')?.used).toMatchInlineSnapshot(`
    [
      {
        "count": 3,
        "name": "dead",
      },
    ]
  `)
  expect(operations.flatMap(({ errorCodes }) => errorCodes)).toEqual([{ name: 'DLI.0002', count: 1 }])
  const total = listOperations(readBundle('dli')).length
  expect(totals?.operations).toEqual({ used: 3, total })
  expect(unusedOperations).toHaveLength(total - 3)
})

test('lists the gap that the traffic settles, without private values', () => {
  const { gaps } = check(withBody('getBatch.success', body => ({ ...body, state: 'Success' })))
  const gap = gaps.find(({ id }) => id === 'DLI-003')
  expect(gap).toMatchInlineSnapshot(`
    {
      "id": "DLI-003",
      "places": [
        "getBatch response 200 /state",
      ],
      "result": "confirmed",
      "service": "dli",
      "snippet": "**DLI-003** (specs/dli/GAPS.md): real traffic fits the spec.

    - \`getBatch response 200 /state\`: string "Success" (1 time)",
    }
  `)
})
