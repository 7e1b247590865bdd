import { expect, test } from 'vitest'
import { catchRejection, createTestClient, respond } from '../../test/test-client.ts'
import { aksk } from '../auth/access-key.ts'
import { token } from '../auth/token.ts'
import { ApiError } from './api-error.ts'
import { createRedactor, type RequestSecrets } from './redact.ts'
import { createSecretFinder } from './secret-finder.ts'

const redact = (body: unknown, secrets: RequestSecrets) => createRedactor(secrets)(body)
const bytes = (text: string) => new TextEncoder().encode(text)

test('redacts a security token that the gateway quotes from the signed request', async () => {
  const credentials = aksk({ accessKey: 'AK', secretKey: 'SK', securityToken: 'hush/hush==' })
  const { client } = createTestClient(
    [
      ({ headers }) =>
        respond(
          { error_msg: `signature fail: x-security-token:${headers.get('x-security-token')}|host:svc.test` },
          401,
        ),
    ],
    { credentials },
  )
  const error = (await catchRejection(client.getJob({ job_id: 'j' }))) as ApiError
  expect(error).toBeInstanceOf(ApiError)
  expect(error.body).toEqual({ error_msg: 'signature fail: x-security-token:REDACTED|host:svc.test' })
  expect(error.message).toContain('x-security-token:REDACTED|host:svc.test')
})

test('redacts the token in the result of a raw call', async () => {
  const { client } = createTestClient([new Response('who is hush/hush==?', { status: 400 })], {
    credentials: token('hush/hush=='),
  })
  const { error } = await client.http.GET('/v1/{project_id}/jobs/{job_id}', {
    params: { path: { project_id: 'p', job_id: 'j' } },
  })
  expect(error).toBe('who is REDACTED?')
})

test('does not change the body of a successful response', async () => {
  const { client } = createTestClient([respond({ id: 'hush' })], { credentials: token('hush') })
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'hush' })
})

const given = new Headers({ 'X-Project-Id': 'p-1', 'X-Caller-Token': 'own-token', 'X-Api-Key': 'own-key' })

test.each<[what: string, body: unknown, shown: unknown]>([
  ['a secret in a text', 'no: tok/en', 'no: REDACTED'],
  ['a secret as the name and value of a member', { 'tok/en': ['tok/en'] }, { REDACTED: ['REDACTED'] }],
  ['a secret with an escaped slash in JSON that is cut off', '{"msg":"tok\\/en', '{"msg":"REDACTED'],
  ['the credentials after the scheme of Authorization', 'bad bearer of-good-news', 'bad bearer REDACTED'],
  ['a token header that the caller set', 'own-token', 'REDACTED'],
  ['a secret member of the request body', 'p"ss', 'REDACTED'],
  ['neither the project nor the date nor other members', 'p-1 20260102 ann', 'p-1 20260102 ann'],
  ['no secret that is shorter than four characters', 'a cat', 'a cat'],
  ['a number that equals a secret', { code: 40012345 }, { code: 'REDACTED' }],
  ['a percent-encoded secret', 'bad tok%2fen', 'bad REDACTED'],
  ['a secret escaped for HTML', '<p>p&quot;ss, p&#34;ss and p&#x22;ss</p>', '<p>REDACTED, REDACTED and REDACTED</p>'],
  [
    'a secret in base64',
    `${btoa('tok/en')} ${btoa('u:tok/en')} ${btoa('us:tok/en')}`,
    'REDACTED dTpREDACTED4= dXM6REDACTED',
  ],
  ['a key that the caller sent in a header', 'own-key', 'REDACTED'],
  ['nothing in an empty body', undefined, undefined],
])('redacts %s', (_, body, shown) => {
  const headers = {
    ...Object.fromEntries(given),
    'X-Auth-Token': 'tok/en',
    'X-Csrf-Token': 'a',
    'X-Pin-Token': '40012345',
    Authorization: 'Bearer of-good-news',
    'X-Sdk-Date': '20260102',
  }
  const secrets = createSecretFinder(/\/password$/)(bytes('{"user":{"name":"ann","password":"p\\"ss"}}'))
  const redacted = redact(body, { sentHeaders: new Headers(headers), ownHeaders: given, bodySecrets: secrets })
  expect(redacted).toEqual(shown)
})

const emptyHeaders = new Headers()

test('truncates a text over 1 MiB, and leaves no part of a secret at the end of the text', () => {
  const text = `${'x'.repeat(2 ** 20 - 6)}top-secret`
  const shown = redact(text, { sentHeaders: emptyHeaders, ownHeaders: emptyHeaders, bodySecrets: ['top-secret'] })
  expect(shown).toMatch(/^x+$/)
  expect((shown as string).length).toBeLessThan(2 ** 20)
})

test('redacts a body of any depth', () => {
  const depth = 100_000
  const body = JSON.parse(`${'['.repeat(depth)}"top-secret"${']'.repeat(depth)}`)
  const shown = redact(body, { sentHeaders: emptyHeaders, ownHeaders: emptyHeaders, bodySecrets: ['top-secret'] })
  expect(JSON.stringify(shown)).toContain('REDACTED')
})

test('finds no secret members in a body that is not JSON', () => {
  expect(createSecretFinder(/\/password$/)(bytes('password=x'))).toEqual([])
})

test('finds, at any depth and in lists, a member that is secret only under a certain parent', () => {
  const find = (body: object) => createSecretFinder(/\/(password|token\/id)$|^token\/id$/)(bytes(JSON.stringify(body)))
  const id = 'hush-1'
  expect(find({ id: 'public', auth: { token: { id }, user: { id: 'public', password: 'hush-2' } } })).toEqual([
    'hush-1',
    'hush-2',
  ])
  expect(find({ token: [{ id }, { id: 7 }, [{ id: 'hush-3' }]] })).toEqual(['hush-1', 'hush-3'])
  expect(find({ token: 'text', xtoken: { id: 'public' }, tokens: [{ token: { user: { id: 'public' } } }] })).toEqual([])
})

test.each(['null', '7', '"password"', '[]'])('finds no secret members in the body %s', body => {
  expect(createSecretFinder(/password/)(bytes(body))).toEqual([])
})

test.each([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])('redacts a secret in which %s is escaped as a named HTML entity', (character, escaped) => {
  const options = { sentHeaders: emptyHeaders, ownHeaders: emptyHeaders, bodySecrets: [`hush${character}hush`] }
  expect(redact(`of hush${escaped}hush`, options)).toBe('of REDACTED')
})

test.each([
  ['of my+pass+phrase', 'of REDACTED'],
  ['of my%20pass%20phrase', 'of REDACTED'],
  ['of my pass phrase', 'of REDACTED'],
  ['of MY PASS PHRASE', 'of REDACTED'],
  ['of hush/hush', 'of REDACTED'],
  ['of hush&#047;hush and hush&#x002f;hush', 'of REDACTED and REDACTED'],
  ['of hush+hush', 'of hush+hush'],
  ['of hush-hush', 'of hush-hush'],
])('redacts the encoded forms of a secret, but does not redact similar text: %s', (text, shown) => {
  const options = { sentHeaders: emptyHeaders, ownHeaders: emptyHeaders, bodySecrets: ['my pass phrase', 'hush/hush'] }
  expect(redact(text, options)).toBe(shown)
})

test('if a secret begins with a shorter secret, redacts the longer secret as a whole', () => {
  const options = { sentHeaders: emptyHeaders, ownHeaders: emptyHeaders, bodySecrets: ['hush', 'hush-hush'] }
  expect(redact('of hush-hush and hush', options)).toBe('of REDACTED and REDACTED')
})

test.each([
  ['values', Array<number>(50_000).fill(1), Array<number>(9_999).fill(1)],
  ['members', { items: Array<object>(50_000).fill({}) }, { items: Array<object>(9_998).fill({}) }],
  [
    'texts',
    Array<string>(5).fill('x'.repeat(300_000)),
    [...Array<string>(3).fill('x'.repeat(300_000)), 'x'.repeat(148_575)],
  ],
])('leaves out the rest of a body with too many %s', (_, body, shown) => {
  expect(redact(body, { sentHeaders: new Headers(), ownHeaders: new Headers() })).toEqual(shown)
})
