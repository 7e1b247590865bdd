import { readFileSync } from 'node:fs'
import { readBundle, services } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { createBaseline } from '../src/check/check-traffic.ts'
import { createChecker } from '../src/check/checker.ts'
import { createTrafficWriter } from '../src/record/traffic-writer.ts'
import { createPseudonymizer } from '../src/redact/pseudonym.ts'
import { createRedactor } from '../src/redact/redact-exchange.ts'
import { createNameRedactor } from '../src/redact/redact-value.ts'
import type { OperationContract } from '../src/schema/operation.ts'
import { createServiceContract } from '../src/schema/service-contract.ts'
import type { Shape } from '../src/schema/shape.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { generateTraffic } from './inject-drift.ts'
import { listSpecExchanges } from './spec-exchanges.ts'
import { writeTraffic } from './traffic-files.ts'

const secret = 'Pl4ntedSecret'

/** Texts that contain the secret in every form that can occur in a body. */
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
    [`${secret}Name`]: 1,
  }
}

function plantInExchange({ request, response }: Exchange, called: OperationContract): Exchange {
  const url = new URL(request.url)
  url.username = secret
  url.password = secret
  for (const name of [...url.searchParams.keys(), 'token']) url.searchParams.set(name, secret)
  url.search += `&${secret}&{"${secret}":"${secret}"}&${secret}=1`
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
    [secret]: '1',
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
        : (request.body as string | undefined)
            ?.replace(/(\r\n\r\n).*/g, `$1${secret}`)
            .replace(/name="\w+"/, `name="${secret}"`),
    },
    response: {
      status: response.status,
      headers: { ...response.headers, 'set-cookie': [secret, secret], 'x-request-id': secret, [secret]: '1' },
      body: isJson(response.body) ? JSON.stringify(plant(responseShape, JSON.parse(response.body))) : response.body,
    },
  }
}

const dliUrl = 'https://dli.eu-de.otc.t-systems.com'
const projectUrl = `${dliUrl}/v1.0/0123456789abcdef0123456789abcdef`
const batchesUrl = `${dliUrl}/v2.0/0123456789abcdef0123456789abcdef/batches`
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (body: string, headers: Record<string, string> = {}, url = batchesUrl): Exchange => ({
  request: { method: 'POST', url, headers, body },
  response: { status: 400, body: '' },
})

/** Requests with secrets at unusual places. */
const unusualExchanges: readonly Exchange[] = [
  post(`{"file":"obs://bucket/app.jar","args":["--password","${secret}"]}`, form),
  post(secret, form),
  post(`${secret} = 1`, form),
  post(`a=${secret}&${secret}=b`, form),
  post(`--x\r\nContent-Disposition: form-data; name="${secret}"; filename="${secret}"\r\n\r\n1\r\n--x--\r\n`, {
    'content-type': 'multipart/form-data; boundary=x',
  }),
  post(secret, { 'content-type': `multipart/form-data; boundary=${secret}` }),
  post(`"${secret}"`, { 'content-type': `application/${secret}` }),
  post(JSON.stringify({ file: 'a', [secret]: 1, conf: { [secret]: secret }, sc_type: secret })),
  post(JSON.stringify({ file: `${secret.toLowerCase()}://a` })),
  { request: { method: 'DELETE', url: `${batchesUrl}/1?${secret}` }, response: { status: 200 } },
  { request: { method: 'GET', url: `${projectUrl}/jobs?job-status=${secret}#${secret}` }, response: { status: 200 } },
  { request: { method: 'GET', url: `${projectUrl}/${secret.toLowerCase()}` }, response: { status: 404 } },
  { request: { method: 'GET', url: `${dliUrl}//${secret}/p/jobs` }, response: { status: 404 } },
  { request: { method: 'GET', url: `${dliUrl}/${secret.toLowerCase()}-x/` }, response: { status: 404 } },
  {
    request: { method: secret.slice(0, 10), url: `https://${secret}.example.com/${secret}` },
    response: { status: 200 },
  },
  {
    startedAt: secret,
    request: { method: 'POST', url: `https://unknown.example.com/${secret}?a=${secret}&${secret}`, body: secret },
    response: { status: 200, body: `<p>${secret}` },
  },
  {
    request: { method: secret, url: secret },
    response: { status: 500, headers: { 'content-type': secret }, body: `"${secret}"` },
  },
]

test('neither an NDJSON file nor a HAR file contains a planted secret', () => {
  const files = ['a.ndjson', 'a.har'].map(name => writeTraffic(name, ''))
  const writers = files.map(file => createTrafficWriter({ file, key: 'test' }))
  let plantedCount = 0
  for (const service of services) {
    const { operations } = createServiceContract(service, readBundle(service))
    for (const { exchange, operation, status } of listSpecExchanges(service)) {
      const called = operations.find(({ id }) => id === operation)
      // The error responses are the same for all operations, so only those of the first operation are checked.
      if (!called || (status >= 400 && operations.indexOf(called) > 0)) continue
      const planted = plantInExchange(exchange, called)
      plantedCount += JSON.stringify(planted).split(secret).length - 1
      for (const writer of writers) writer.add(planted)
    }
  }
  for (const writer of writers) {
    for (const exchange of unusualExchanges) writer.add(exchange)
    writer.close()
  }
  expect(plantedCount).toBeGreaterThan(5000)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    expect(text.length).toBeGreaterThan(100_000)
    expect(text.match(new RegExp(`.{0,60}${secret}.{0,30}`, 'gi'))?.slice(0, 5) ?? []).toEqual([])
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
  expect(listFindings(redacted)).toEqual(listFindings(original))
})

/** The findings, without the values that a redacted recording does not contain. */
const listFindings = (checker: ReturnType<typeof createChecker>) =>
  checker
    .getReport()
    .findings.map(({ severity, key, count }) => `${severity} ${key} ${count}`)
    .sort()

const json = { 'content-type': 'application/json' }
const jobs = (changes: object = {}) => {
  const found = listSpecExchanges('dli').find(({ example: name }) => name === 'listSqlJobs.success')
  const value = found?.value as { readonly jobs: readonly object[] }
  return JSON.stringify({ ...value, jobs: [{ ...value.jobs[0], ...changes }] })
}
const get = (path: string, response: Partial<Exchange['response']> = {}, base = projectUrl): Exchange => ({
  request: { method: 'GET', url: base + path, headers: { ...json, 'x-auth-token': 't' } },
  response: { status: 200, headers: json, body: jobs(), ...response },
})
const fail = (code: unknown) =>
  get('/jobs', { status: 400, body: JSON.stringify({ error_code: code, error_msg: 'x' }) })
const reply = (type: string, body = 'abc') => get('/jobs', { headers: { 'content-type': type }, body })
const submit = (fields: object, headers: object = json): Exchange => ({
  request: {
    method: 'POST',
    url: batchesUrl,
    headers: { 'x-auth-token': 't', ...headers },
    body: JSON.stringify({ file: 'obs://bucket/app.jar', className: 'Main', ...fields }),
  },
  response: { status: 200, headers: json, body: '{"id":"0a324461-d9d9-45da-a52a-3b3c7a3d809e","state":"starting"}' },
})

const differing: { readonly [title: string]: readonly Exchange[] } = {
  'error codes of other forms': ['DLI.InvalidParameter', 'APIGW.0301.2', 'SVCSTG.DLI.4001', 'Failed badly', 4001].map(
    fail,
  ),
  'a job ID with other letters': ['项目', 'é', 'no-id', 'ЖЩ', '😀'].map(id =>
    get(`/jobs/${encodeURIComponent(id)}/status`),
  ),
  'content types': [
    ...['text/html; charset=utf-8', 'audio/mpeg', '', 'application/x-own', 'application/vnd.own+json', 'TEXT/HTML'],
  ].map(type => reply(type)),
  'a default port, and a user name': [
    get('/jobs?bad=1', {}, projectUrl.replace('.com', '.com:443')),
    get('/jobs?bad=1', {}, projectUrl.replace('https://', 'https://user:pass@')),
  ],
  'a fragment': [get('/jobs#frag'), get('/jobs#frag?a=b'), get('/jobs?bad=1#frag&c=1')],
  'long and unusual job states': ['X'.repeat(80), 'HALF-OPEN', 'Running (2 of 3)'].map(status =>
    get('/jobs', { body: jobs({ status }) }),
  ),
  'unknown operations with IDs': ['/widgets/4711', '/widgets/4712', '/jobs/1/2/3/4'].map(path => get(path)),
  'unusual numbers in parameters': ['100', '0x10', '007', '+5', '1e1', '1.5', '1.0', 'abc', '100000', ''].map(size =>
    get(`/jobs?page-size=${encodeURIComponent(size)}`),
  ),
  'undocumented names and values': [
    get('/jobs?a&b&c=d&job-status=OTHER&name=x'),
    get('/jobs', { body: jobs({ a: 1, bc: 2, name: 3 }) }),
    submit({ sc_type: 'Z', conf: { a: 1, name: [] }, other: { x: 1 } }),
    submit({}, { 'content-type': 'application/x-www-form-urlencoded' }),
    submit({}, { 'content-type': 'multipart/form-data' }),
  ],
  'strings in fields of other types': ['hunter2', 'Running', '7', '{"a":1}'].flatMap(text => [
    get('/jobs', { body: jobs({ detail: text, is_scan_timestamp: text, start_time: text, user_conf: text }) }),
    get('/jobs', { body: jobs({ job_type: text, status: text, job_mode: text }) }),
  ]),
  'names with slashes': [get('/jobs?a/x=1&b/x=1&name/x=1&a~x=1&/=1')],
  'short names in several exchanges': [...'abcdefghijklmnopqrstuvwxyz'].flatMap(name => [
    get(`/jobs?${name}=1`),
    submit({ [name]: 1 }),
    get('/jobs', { body: jobs({ [name]: 1 }) }),
  ]),
  'numbers that are too large': [get('/jobs', { body: jobs().replace(/"start_time":\d+/, '"start_time":1e400') })],
  'headers of other types': [
    null,
    5,
    { 'x-auth-token': 5 },
    { 'x-auth-token': null },
    { 'content-type': ['a', 5] },
  ].map(headers => ({ ...get('/jobs'), request: { ...get('/jobs').request, headers: headers as never } })),
  'halves of surrogate pairs': [
    get(`/jobs/${encodeURIComponent('a')}\ud800/status`),
    get('/jobs?\ud800=\udc00&job-id=\ud800'),
    get('/jobs', { body: jobs({ '\ud800': '\udc00' }) }),
  ],
  'responses of browsers': [get('/jobs', { status: 304, body: '' }), get('/jobs', { status: 0, body: '' })],
  'bodies that are not JSON': [
    reply('application/json', 'NaN'),
    reply('application/json', '007'),
    reply('application/json', '[]'),
  ],
}

test.each(Object.entries(differing))('a redacted recording has the same findings for %s', (_, exchanges) => {
  for (const key of ['a', 'b', 'c', 'd']) {
    const redact = createRedactor({ key })
    const [original, redacted] = [createChecker(), createChecker()]
    for (const exchange of exchanges) {
      original.check(exchange)
      redacted.check(redact(exchange))
    }
    const coverage = (checker: typeof original) =>
      checker.getReport().coverage.map(({ operations, states }) => ({ operations, states }))
    expect([original.getReport().exchanges, redacted.getReport().exchanges]).toEqual([
      exchanges.length,
      exchanges.length,
    ])
    expect(listFindings(redacted)).toEqual(listFindings(original))
    expect(coverage(redacted)).toEqual(coverage(original))
  }
})

test('a baseline from one recording applies to the next recording', () => {
  const record = (key: string, id: string) => {
    const checker = createChecker()
    const redact = createRedactor({ key })
    for (const exchange of [get(`/widgets/${id}`), get(`/widgets/${id}0`), get(`/jobs?${id}=1`)])
      checker.check(redact(exchange))
    return checker.getReport()
  }
  const [first, second] = [record('a', 'x1'), record('b', 'y2')]
  expect(first.findings.map(({ rule, path, count }) => [rule, path, count])).toEqual([
    ['unknown-operation', '/v1.0/{…}/{…}/{…}', 2],
    ['undocumented-parameter', '/v1.0/{project_id}/jobs', 1],
  ])
  expect(createBaseline(second)).toEqual(createBaseline(first))
})

const [example] = listSpecExchanges('dli').filter(({ example: name }) => name === 'getBatch.success')
const exchange = example?.exchange as Exchange
const readBody = (redacted: Exchange) => JSON.parse(redacted.response.body ?? '{}') as Record<string, unknown>

test('a text has one pseudonym within a recording, and another pseudonym in the next recording', () => {
  const redact = createRedactor()
  const { id } = readBody(redact(exchange))
  expect(id).not.toBe(readBody(exchange)['id'])
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  expect(redact(exchange).request.url).toContain(String(id))
  expect(readBody(createRedactor()(exchange))['id']).not.toBe(id)
  expect(createRedactor({ key: 'k' })(exchange)).toEqual(createRedactor({ key: 'k' })(exchange))
})

test('the option keep prevents the redaction of the fields that it names', () => {
  const { id } = readBody(exchange)
  expect(readBody(createRedactor()(exchange))['id']).not.toBe(id)
  expect(readBody(createRedactor({ keep: ['ID'] })(exchange))['id']).toBe(id)
})

test('integers over 2^53 keep their digits', () => {
  const body = (exchange.response.body ?? '').replace(/"create_time":\d+/, '"create_time":9223372036854775807')
  const redacted = createRedactor()({ ...exchange, response: { ...exchange.response, body } })
  expect(redacted.response.body).toContain('"create_time":9223372036854775807')
})

const nest = (depth: number, inner = '') => '['.repeat(depth) + inner + ']'.repeat(depth)

test('a body that is nested too deeply is left out with a warning, and does not count as missing', () => {
  const warnings: string[] = []
  const redact = createRedactor({ onWarning: message => warnings.push(message) })
  for (const inner of ['', '12345678901234567890']) {
    const deep = get('/jobs', { body: `{"jobs":${nest(100_000, inner)}}` })
    const redacted = redact(deep)
    expect(redacted).toMatchObject({ response: { status: 200, headers: { 'content-length': expect.any(String) } } })
    expect(redacted.response.body).toBeUndefined()
    const checker = createChecker()
    checker.check(redacted)
    expect(checker.getReport().findings).toEqual([])
  }
  expect(warnings).toEqual([
    expect.stringMatching(/^The body of a response was not recorded \(listSqlJobs\): .* more than 500 nested/),
    expect.stringMatching(/^The body of a response was not recorded \(listSqlJobs\): /),
  ])
})

test('a string with JSON that is nested too deeply is redacted as one string', () => {
  const { response } = createRedactor()(get('/jobs', { body: jobs({ statement: nest(100_000, `"${secret}"`) }) }))
  expect(response.body).toContain('[[[[')
  expect(response.body).not.toContain(secret)
})

test('a response with 50,000 undocumented names is redacted, and each name has its own pseudonym', () => {
  const names = Array.from({ length: 50_000 }, (_, index) => `custom-key-${index}`)
  const body = jobs({ own: Object.fromEntries(names.map(name => [name, 1])) })
  const { response } = createRedactor({ key: 'test' })(get('/jobs', { body }))
  const [job] = (JSON.parse(response.body ?? '') as { jobs: [object] }).jobs
  const own = Object.values(job).find(value => typeof value === 'object' && Object.keys(value ?? {}).length > 1000)
  expect(Object.keys(own as object)).toHaveLength(50_000)
})

test('an incomplete surrogate pair in a kept value does not cause an error', () => {
  const redact = createRedactor({ keep: ['job_id'] })
  expect(redact(get('/jobs/a\ud800/status')).request.url).toMatch(/\/jobs\/a%EF%BF%BD\/status$/)
})

test('different names have different pseudonyms even if there are more names than maxStored', () => {
  const options = { keep: new Set<string>(), isName: () => false, pseudonymize: createPseudonymizer('test') }
  const redactName = createNameRedactor(options, 10)
  const names = Array.from({ length: 500 }, (_, index) => `${index}`)
  const pseudonyms = names.map(redactName)
  expect(new Set(pseudonyms).size).toBe(500)
  expect(names.map(redactName)).toEqual(pseudonyms)
})

test.each(['hunter2', 'Password123', 'eyJhbGciOi.eyJzdWIi.c2VjcmV0', '{"a":1}', 'https://a.b/c', 'c2VjcmV0IHRleHQ='])(
  'the text %s is not kept as a job state, an enum value or an error code',
  text => {
    const redact = createRedactor({ key: 'test' })
    const fields = { status: text, job_type: text, is_success: text }
    const { response } = redact(get('/jobs', { body: jobs(fields) }))
    expect(response.body).not.toContain(JSON.stringify(text))
    expect(redact(fail(text)).response.body).not.toContain(JSON.stringify(text))
  },
)

test.each(['HALF_OPEN', 'jobFailed', 'Running (2 of 3)', 'XGBoost-Sklearn', 'sys.datasource.hbase', 'v2.1', 'K8S'])(
  'the undocumented job state %s is kept in a response, and the finding shows it',
  text => {
    const redacted = createRedactor({ key: 'test' })(get('/jobs', { body: jobs({ status: text }) }))
    const checker = createChecker()
    checker.check(redacted)
    expect(checker.getReport().findings).toMatchObject([{ rule: 'unknown-job-state', seen: text }])
  },
)

test('a text in a boolean field is not kept', () => {
  const { jobs: list, ...rest } = JSON.parse(jobs()) as { jobs: object[] }
  const { response } = createRedactor()(
    get('/jobs', { body: JSON.stringify({ ...rest, is_success: 'private', jobs: list }) }),
  )
  expect(response.body).not.toContain('private')
})
