import { readFileSync } from 'node:fs'
import { readBundle, services } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { createTrafficWriter } from '../src/record/traffic-writer.ts'
import { createRedactor } from '../src/redact/redact-exchange.ts'
import type { OperationContract } from '../src/schema/operation.ts'
import { createServiceContract } from '../src/schema/service-contract.ts'
import type { Shape } from '../src/schema/shape.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { generateTraffic } from './inject-drift.ts'
import { listSpecExchanges } from './spec-exchanges.ts'
import { writeTraffic } from './traffic-files.ts'

const secret = 'Pl4ntedSecret'

/** Secrets in all forms that a body can have. */
const plantedTexts = [
  secret,
  `ERROR token=${secret} at line 7`,
  JSON.stringify({ password: secret, [secret]: 1, nested: [{ sql: `SELECT '${secret}'` }] }),
  `CREATE USER x IDENTIFIED BY "${secret}"; -- ${secret}`,
  `obs://bucket/${secret}?x=${secret}`,
  `--password=${secret}`,
]

let next = 0
const plantText = () => plantedTexts[next++ % plantedTexts.length] ?? secret

/** Replaces all strings, except strings whose schema lists the allowed values. */
function plant(shape: Shape | undefined, value: unknown): unknown {
  if (typeof value === 'string') return shape?.isLimited || shape?.state ? value : plantText()
  if (Array.isArray(value)) return value.map(item => plant(shape?.items, item))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    plant(shape?.properties?.get(name) ?? shape?.rest, inner),
  ])
  return {
    ...Object.fromEntries(members),
    ...(shape?.rest && { [secret]: plantText() }),
    undocumentedField: { [secret]: [secret] },
  }
}

function plantInExchange({ request, response }: Exchange, called: OperationContract): Exchange {
  const url = new URL(request.url)
  url.username = secret
  url.password = secret
  for (const name of [...url.searchParams.keys(), 'token']) url.searchParams.set(name, secret)
  url.hash = secret
  const names = called.path.split('/')
  url.pathname = url.pathname
    .split('/')
    .map((part, index) => (names[index]?.startsWith('{') ? `${secret}-${index}` : part))
    .join('/')
  const headers = {
    authorization: `SDK-HMAC-SHA256 Access=${secret}`,
    'x-auth-token': secret,
    cookie: `a=${secret}`,
    'user-agent': secret,
    date: secret,
    accept: secret,
  }
  const requestShape = called.request?.bodies[0]?.getShape()
  const responseShape = called.responses.find(({ status }) => status === `${response.status}`)?.bodies[0]?.getShape()
  const isJson = (text: string | undefined): text is string => text?.startsWith('{') || text?.startsWith('[') || false
  return {
    request: {
      method: request.method,
      url: url.href,
      headers: { ...request.headers, ...headers },
      body: isJson(request.body)
        ? JSON.stringify(plant(requestShape, JSON.parse(request.body)))
        : (request.body as string | undefined)?.replace(/(\r\n\r\n).*/g, `$1${secret}`),
    },
    response: {
      status: response.status,
      headers: { ...response.headers, 'set-cookie': [secret, secret], 'x-request-id': secret },
      body: isJson(response.body) ? JSON.stringify(plant(responseShape, JSON.parse(response.body))) : response.body,
    },
  }
}

test('no planted secret reaches a file, in NDJSON and HAR', () => {
  const files = ['a.ndjson', 'a.har'].map(name => writeTraffic(name, ''))
  const writers = files.map(file => createTrafficWriter({ file, key: 'test' }))
  let plantedCount = 0
  for (const service of services) {
    const { operations } = createServiceContract(service, readBundle(service))
    for (const { exchange, operation, status } of listSpecExchanges(service)) {
      const called = operations.find(({ id }) => id === operation)
      // The error responses of all operations are the same.
      if (!called || (status >= 400 && operations.indexOf(called) > 0)) continue
      const planted = plantInExchange(exchange, called)
      plantedCount += JSON.stringify(planted).split(secret).length - 1
      for (const writer of writers) writer.add(planted)
    }
  }
  for (const writer of writers) {
    writer.add({
      request: { method: 'POST', url: `https://unknown.example.com/${secret}?a=${secret}`, body: secret },
      response: { status: 200, body: `<p>${secret}` },
    })
    writer.add({
      request: { method: secret, url: secret },
      response: { status: 500, headers: { 'content-type': secret }, body: `"${secret}"` },
    })
    writer.close()
  }
  expect(plantedCount).toBeGreaterThan(5000)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    expect(text.length).toBeGreaterThan(100_000)
    expect(text.match(new RegExp(`.{0,60}${secret}.{0,30}`, 'g'))?.slice(0, 5) ?? []).toEqual([])
    expect(text.includes(Buffer.from(secret).toString('base64'))).toBe(false)
  }
})

test('a redacted recording has the same findings as the original', () => {
  const redact = createRedactor({ key: 'test' })
  const [original, redacted] = [createChecker(), createChecker()]
  for (const { exchange } of generateTraffic(1500, 2)) {
    original.check(exchange)
    redacted.check(redact(exchange))
  }
  const summarize = (checker: ReturnType<typeof createChecker>) =>
    checker
      .getReport()
      .findings.map(({ rule, operation, path, side, place, pointer, count, seen }) => [
        rule,
        operation ?? path.split('/').at(-1),
        `${side} ${place} ${place === 'operation' ? '' : pointer}`,
        count,
        ['unknown-job-state', 'unknown-error-code', 'unknown-enum-value', 'undocumented-status'].includes(rule)
          ? seen
          : '',
      ])
  expect(summarize(redacted)).toEqual(summarize(original))
})

const [example] = listSpecExchanges('dli').filter(({ example: name }) => name === 'getBatch.success')
const exchange = example?.exchange as Exchange
const readBody = (redacted: Exchange) => JSON.parse(redacted.response.body ?? '{}') as Record<string, unknown>

test('a text always has the same pseudonym within a recording, and another pseudonym in the next recording', () => {
  const redact = createRedactor()
  const { id } = readBody(redact(exchange))
  expect(id).not.toBe(readBody(exchange)['id'])
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  expect(redact(exchange).request.url).toContain(String(id))
  expect(readBody(createRedactor()(exchange))['id']).not.toBe(id)
  expect(createRedactor({ key: 'k' })(exchange)).toEqual(createRedactor({ key: 'k' })(exchange))
})

test('keep allows more values', () => {
  const { id } = readBody(exchange)
  expect(readBody(createRedactor()(exchange))['id']).not.toBe(id)
  expect(readBody(createRedactor({ keep: ['ID'] })(exchange))['id']).toBe(id)
})

test('integers over 2^53 keep their digits', () => {
  const body = (exchange.response.body ?? '').replace(/"create_time":\d+/, '"create_time":9223372036854775807')
  const redacted = createRedactor()({ ...exchange, response: { ...exchange.response, body } })
  expect(redacted.response.body).toContain('"create_time":9223372036854775807')
})
