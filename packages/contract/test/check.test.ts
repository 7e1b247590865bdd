import { expect, test } from 'vitest'
import { checkTraffic, createBaseline } from '../src/check/check-traffic.ts'
import { createChecker } from '../src/check/checker.ts'
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

test('states compare without regard to case', () => {
  expect(list(withBody('getBatch.success', body => ({ ...body, state: 'SUCCESS' })))).toEqual([])
})

test('groups the same deviation of several items, and shows the first place', () => {
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

test('skips findings of a request that the service refused', () => {
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

test('explains a body that fits none of the alternatives by the closest one', () => {
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

test('a baseline hides known findings, but not new ones', async () => {
  const exchanges = sixExchanges.map(({ exchange }) => exchange)
  const before = writeTraffic('a.ndjson', toNdjson(exchanges.slice(0, 3)))
  const after = writeTraffic('b.ndjson', toNdjson(exchanges))
  const baseline = createBaseline(await checkTraffic([before]))
  const report = await checkTraffic([after], { baseline })
  expect(report.suppressed).toBe(2)
  expect(report.findings.map(({ rule }) => rule)).toEqual(['unknown-error-code', 'undocumented-response-field'])
})

test('coverage is exact', () => {
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
  expect(totals?.operations).toEqual({ used: 3, total: 48 })
  expect(unusedOperations).toHaveLength(45)
})

test('says which gap the traffic settles, without private values', () => {
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

    - \`getBatch response 200 /state\`: string "Success" (1 times)",
    }
  `)
})
