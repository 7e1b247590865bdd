import { expect, test } from 'vitest'
import { harness, json, rejection } from '../../test/harness.ts'
import { aksk } from '../auth/access-key.ts'
import { token } from '../auth/token.ts'
import { ApiError } from './errors.ts'
import { redact } from './redact.ts'
import { secretMembers } from './secret-members.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('a gateway that quotes a signed request does not put the security token into the error', async () => {
  const credentials = aksk({ accessKey: 'AK', secretKey: 'SK', securityToken: 'hush/hush==' })
  const { client } = harness(
    [
      ({ headers }) =>
        json({ error_msg: `signature fail: x-security-token:${headers.get('x-security-token')}|host:svc.test` }, 401),
    ],
    { credentials },
  )
  const error = (await rejection(client.getJob({ job_id: 'j' }))) as ApiError
  expect(error).toBeInstanceOf(ApiError)
  expect(error.body).toEqual({ error_msg: 'signature fail: x-security-token:REDACTED|host:svc.test' })
  expect(error.message).toContain('x-security-token:REDACTED|host:svc.test')
})

test('nor does a raw call return it', async () => {
  const { client } = harness([new Response('who is hush/hush==?', { status: 400 })], {
    credentials: token('hush/hush=='),
  })
  const { error } = await client.http.GET('/v1/{project_id}/jobs/{job_id}', {
    params: { path: { project_id: 'p', job_id: 'j' } },
  })
  expect(error).toBe('who is REDACTED?')
})

test('what succeeds is not touched', async () => {
  const { client } = harness([json({ id: 'hush' })], { credentials: token('hush') })
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'hush' })
})

const given = new Headers({ 'X-Project-Id': 'p-1', 'X-Caller-Token': 'own-token' })

test.each<[what: string, body: unknown, shown: unknown]>([
  ['a text', 'no: tok/en', 'no: REDACTED'],
  ['members and their names', { 'tok/en': ['tok/en'] }, { REDACTED: ['REDACTED'] }],
  ['a slash that is escaped, in JSON that is cut off', '{"msg":"tok\\/en', '{"msg":"REDACTED'],
  ['the part behind the scheme', 'bad bearer of-good-news', 'bad bearer REDACTED'],
  ['what the caller sent to prove who it is', 'own-token', 'REDACTED'],
  ['a member of the body', 'p"ss', 'REDACTED'],
  ['but not the project, the date, other members', 'p-1 20260102 ann', 'p-1 20260102 ann'],
  ['nor what is too short to be told from other text', 'a cat', 'a cat'],
  ['a number that is a secret, too', { code: 40012345 }, '{"code":REDACTED}'],
  ['nothing', undefined, undefined],
])('%s', (_, body, shown) => {
  const headers = {
    ...Object.fromEntries(given),
    'X-Auth-Token': 'tok/en',
    'X-Csrf-Token': 'a',
    'X-Pin-Token': '40012345',
    Authorization: 'Bearer of-good-news',
    'X-Sdk-Date': '20260102',
  }
  const secrets = secretMembers(/^password$/)(bytes('{"user":{"name":"ann","password":"p\\"ss"}}'))
  expect(redact(body, new Headers(headers), given, secrets)).toEqual(shown)
})

test('a body that is no JSON has no secret members', () => {
  expect(secretMembers(/^password$/)(bytes('password=x'))).toEqual([])
})
