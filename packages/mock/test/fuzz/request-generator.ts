import { METHODS } from 'node:http'
import { DEMO_KEY } from '../../src/auth/accounts.ts'
import { getExamples, type Operation } from '../../src/operation.ts'
import { pickRandom, type Random } from '../../src/simulation/random.ts'
import type { Schema } from '../../src/simulation/schema.ts'
import { getExample } from '../spec-requests.ts'
import { drawValue } from './value-generator.ts'

/** A request as it is sent, with everything that a client can choose. */
export interface FuzzedRequest {
  readonly method: string
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Buffer | undefined
  /** Whether the request selects a response with a 5xx status. */
  readonly wantsServerError: boolean
}

export interface ServiceOperation {
  readonly service: string
  readonly operation: Operation
}

const pick = <T>(random: Random, items: readonly T[]): T => pickRandom(random, items) as T

const ADMIN_PATHS = [
  '',
  '/',
  '/jobs',
  '/jobs?limit=9&state=x',
  '/jobs/dli:batch:x',
  '/jobs/%E0%A4',
  '/clock',
  '/faults',
  '/requests',
  '/x',
  '/toString',
  '/..',
]
const ADMIN_BODIES = [
  '',
  '{}',
  '[]',
  '{',
  '{"advance":1e300}',
  '{"advance":60000}',
  '{"advance":-1}',
  '{"faults":"x=y"}',
  '{"faults":[null]}',
  '{"faults":[{"fault":"throttle","ms":1e99}]}',
  '{"scenario":[]}',
  '{"scenario":"a>b"}',
]

const SEGMENTS = [
  '%',
  '%E0%A4',
  '%00',
  '%2e%2e',
  '..',
  'a',
  '',
  '%2F',
  ';a=b',
  '*',
  '{id}',
  'x'.repeat(3000),
  '%F0%9F%98%80',
  '~',
  ':',
  ',,,,',
]
const HEADER_VALUES: { readonly [name: string]: readonly string[] } = {
  accept: [
    ...[
      '*/*;q=0',
      'application/json;q=0',
      '*/*;q=0, application/json',
      'text/html',
      '/',
      ',',
      ';',
      'application/json;;;',
      'a/b;q=x',
    ],
    ...[
      'application/json; charset="',
      '*/*;=',
      'a/b,'.repeat(3000),
      `application/json;${'a=b;'.repeat(3000)}`,
      `a/${'*'.repeat(9000)}`,
      '"'.repeat(5000),
    ],
  ],
  'content-type': [
    ...[
      '',
      '/',
      'application/json',
      'application/json;;',
      'application/xml',
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
    ],
    ...[
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=""',
      'multipart/form-data; boundary=X',
      'multipart/mixed; boundary=X',
      `application/${'x+'.repeat(4000)}json`,
      'application/json; charset=utf-16',
    ],
  ],
  authorization: [
    '',
    'Bearer x',
    `SDK-HMAC-SHA256 Access=${DEMO_KEY.accessKey}, SignedHeaders=host;x-sdk-date, Signature=00`,
    `SDK-HMAC-SHA256 Access=${DEMO_KEY.accessKey}, SignedHeaders=${'a;'.repeat(4000)}b, Signature=${'0'.repeat(64)}`,
    `V11-HMAC-SHA256 Credential=${'a/'.repeat(5000)}`,
    'SDK-HMAC-SHA256 '.repeat(500),
  ],
  'x-sdk-date': ['', '99999999T999999Z', '20260101T000000Z', '20261301T000000Z', 'x'.repeat(5000)],
  'x-auth-token': ['', 't', 'x'.repeat(9000), '\u00ff'],
  prefer: [
    'code=404',
    'code=999',
    'code=',
    'example=x',
    `example="${'\\"'.repeat(3000)}`,
    'dynamic=true',
    'dynamic=true; seed=7',
    'dynamic=true; code=400',
    'scenario=fail',
    'scenario=hang',
    'scenario=\u00ff>b',
    `scenario=${'a>'.repeat(4000)}`,
    '='.repeat(9000),
    'a="'.repeat(3000),
  ],
  origin: ['null', 'https://example.com', 'http://localhost:4010'],
  host: ['example.com', 'localhost', '[::1]:80', 'a b', '', '['],
  cookie: ['a=b; '.repeat(2000)],
  expect: ['100-continue', 'x'],
  'access-control-request-method': ['POST', ''],
  'access-control-request-headers': ['a, \u00ff, b b', ','.repeat(5000)],
  'x-forwarded-for': ['x'.repeat(12_000)],
}

/** Creates a random request to an operation: a valid request in which some parts are replaced. */
export function drawRequest(random: Random, operations: readonly ServiceOperation[]): FuzzedRequest {
  if (random() < 0.05) return drawAdminRequest(random)
  const { service, operation } = pick(random, operations)
  const method =
    random() < 0.05
      ? pick(
          random,
          METHODS.filter(name => name !== 'CONNECT'),
        )
      : operation.method.toUpperCase()
  const body = drawBody(random, operation)
  const headers: Record<string, string> = { 'x-auth-token': 't', ...(body && { 'content-type': body.type }) }
  while (random() < 0.25) {
    const name = pick(random, Object.keys(HEADER_VALUES))
    headers[name] = pick(random, HEADER_VALUES[name] ?? [])
  }
  const errorExamples = getExamples(operation).map(({ name }) => name)
  if (random() < 0.03) headers['prefer'] = `example="${pick(random, [...errorExamples, 'x'])}"`
  const wantsServerError = getExamples(operation).some(
    ({ name, status }) => status >= 500 && headers['prefer'] === `example="${name}"`,
  )
  const path = `/${service}${drawPath(random, operation)}${drawQuery(random, operation)}`
  return { method, path: path.slice(0, 12_000), headers, body: body?.content, wantsServerError }
}

function drawAdminRequest(random: Random): FuzzedRequest {
  const method = pick(random, ['GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
  const origin = random() < 0.2 ? { origin: 'https://example.com' } : {}
  const body = method === 'GET' ? undefined : pick(random, ADMIN_BODIES)
  return { method, path: `/_mock${pick(random, ADMIN_PATHS)}`, headers: origin, body, wantsServerError: false }
}

function drawPath(random: Random, { path, request }: Operation): string {
  const segments = path.split('/').map(segment => {
    if (random() < 0.02) return pick(random, SEGMENTS)
    const parameter = segment.startsWith('{') && request?.path?.find(({ name }) => `{${name}}` === segment)
    if (!parameter) return segment
    const isExample = random() < 0.7
    const value = isExample ? getExample(parameter) : drawValue(random, parameter.schema as Schema)
    return encode(value)
  })
  if (random() < 0.01)
    segments.push(...Array.from({ length: pick(random, [1, 40, 2000]) }, () => pick(random, SEGMENTS)))
  return segments.join('/')
}

function drawQuery(random: Random, { request }: Operation): string {
  const pairs = (request?.query ?? []).flatMap(({ name, schema, required }) => {
    if (random() > (required ? 0.95 : 0.3)) return []
    return [drawValue(random, schema as Schema)].flat().map(value => `${encode(name)}=${encode(value)}`)
  })
  if (random() < 0.05)
    pairs.push(pick(random, ['x', 'x=1&x=2', '%=%', '__proto__=1', '=', '&&&', 'a[b][c]=1', 'limit=%FF']))
  if (random() < 0.01) pairs.push(...Array.from({ length: 2000 }, (_, i) => `p${i % 900}=`))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const encode = (value: unknown): string =>
  encodeURIComponent(Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value)).toString())

interface DrawnBody {
  readonly type: string
  readonly content: string
}

function drawBody(random: Random, { request }: Operation): DrawnBody | undefined {
  const content = request?.body?.contents?.[0]
  if (!content) return random() < 0.03 ? { type: 'application/json', content: '{}' } : undefined
  if (random() < 0.03) return { type: content.mediaType, content: drawMalformedBody(random) }
  const schema = content.schema as Schema
  const value = random() < 0.3 ? mutate(random, getExample(content), schema) : drawValue(random, schema)
  if (!content.mediaType.includes('form-data')) return { type: content.mediaType, content: JSON.stringify(value) ?? '' }
  const fields = Object.entries(typeof value === 'object' && value !== null ? value : {})
  const disposition = () => pick(random, ['form-data; name=', 'form-data; filename=a; name=', 'name=', 'form-data; x='])
  const parts = fields.map(
    ([name, field]) => `--X\r\nContent-Disposition: ${disposition()}"${name}"\r\n\r\n${String(field)}\r\n`,
  )
  return { type: 'multipart/form-data; boundary=X', content: `${parts.join('')}--X--\r\n` }
}

/** Replaces one property of an example. */
function mutate(random: Random, example: unknown, schema: Schema): unknown {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return example
  const name = pick(random, [...Object.keys(example), ...Object.keys(schema.properties ?? {})])
  return { ...example, [name]: drawValue(random, schema.properties?.[name]) }
}

function drawMalformedBody(random: Random): string {
  return pick(random, [
    () => '',
    () => '{',
    () => '\u0000',
    () => 'null',
    () => '"x"',
    () => '{"a":1e400}',
    () => '{"__proto__":{"a":1}}',
    () => '['.repeat(100_000),
    () => '{"a":'.repeat(50_000),
    () => `${'['.repeat(99)}${']'.repeat(99)}`,
    () => `{"job_ids":[${'1,'.repeat(150_000)}1]}`,
    () => `{"job_ids":[${'1,'.repeat(15_000)}1],"args":[${'1,'.repeat(4000)}{}]}`,
    () => JSON.stringify({ name: 'x'.repeat(1_000_000) }),
    () => `--X\r\n`.repeat(100_000),
    () => `--X\r\nContent-Disposition: form-data; name="x"\r\n\r\n${'y'.repeat(1_000_000)}\r\n--X--`,
  ])()
}
