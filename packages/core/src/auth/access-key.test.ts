import { describe, expect, test } from 'vitest'
import { type Act, harness, json, rejection } from '../../test/harness.ts'
import { isAuthError } from '../errors/errors.ts'
import { keyLockMs, maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import { aksk } from './access-key.ts'
import { scoped } from './signing/scoped.ts'
import { v11 } from './signing/v11.ts'

const noon = Date.UTC(2026, 0, 2, 12)
const ok = { id: 'j' }
const keys = { accessKey: 'AK', secretKey: 'SK' }
const refused = (more: Record<string, string> = {}) => json({ error_code: 'APIGW.0301', error_msg: 'no' }, 401, more)
const dateOf = (ms: number) => new Date(ms).toUTCString()

/** A client that signs by a clock of its own, which tests can turn. */
function signing(acts: Act[], options: Partial<Parameters<typeof aksk>[0]> = {}) {
  const clock = { now: noon }
  const credentials = aksk({ ...keys, now: () => clock.now, ...options })
  return { ...harness(acts, { credentials }), time: clock }
}

describe('the clock of the gateway', () => {
  test('is the one that its message names, before that of the Date header', async () => {
    const error_msg = 'signature expired, signature time:20260102T120000Z,server time:20260102T093059Z'
    const { client, seen } = signing([json({ error_msg }, 401, { date: dateOf(noon) }), json(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen[1]?.headers.get('x-sdk-date')).toBe('20260102T093000Z')
  })

  test('is learned from a refusal: signed once more by it, and so is every later call', async () => {
    const { client, seen } = signing([refused({ date: dateOf(noon + 3_600_000) }), json(ok), json(ok)])
    expect(await client.createJob({ body: {} })).toEqual(ok)
    await client.getJob({ job_id: 'j' })
    expect(seen.map(({ headers }) => headers.get('x-sdk-date'))).toEqual([
      '20260102T120000Z',
      '20260102T130000Z',
      '20260102T130000Z',
    ])
    expect(seen[0]?.headers.get('authorization')).not.toBe(seen[1]?.headers.get('authorization'))
  })

  test('a refusal by a clock that agrees is final', async () => {
    const { client, seen } = signing([refused({ date: dateOf(noon + 240_000) })])
    expect(isAuthError(await rejection(client.getJob({ job_id: 'j' })))).toBe(true)
    expect(seen).toHaveLength(1)
  })

  test('a second refusal is final, whatever the clock', async () => {
    const { client, seen } = signing([
      refused({ date: dateOf(noon + 3_600_000) }),
      refused({ date: dateOf(noon + 7_200_000) }),
    ])
    await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ code: 'APIGW.0301' })
    expect(seen).toHaveLength(2)
  })

  test('is learned anew when ours is put right', async () => {
    const { client, seen, time } = signing([
      refused({ date: dateOf(noon + 3_600_000) }),
      json(ok),
      refused({ date: dateOf(noon + 3_600_000) }),
      json(ok),
    ])
    await client.getJob({ job_id: 'j' })
    time.now += 3_600_000
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen[3]?.headers.get('x-sdk-date')).toBe('20260102T130000Z')
  })
})

describe('when one more rejected signature would lock the key', () => {
  const four = () => [refused(), refused(), refused(), refused()]
  const fail = async (call: () => Promise<unknown>, times: number) => {
    for (let n = 0; n < times; n++) await rejection(call())
  }

  test('sends nothing for as long as the lock would last, and the error says why', async () => {
    const { client, seen, time } = signing([...four(), json(ok)])
    const call = () => client.getJob({ job_id: 'j' })
    await fail(call, 4)
    const error = await rejection(call())
    expect(error).toMatchObject({ name: 'AuthError', kind: 'auth', status: 401, code: 'APIGW.0301' })
    expect(`${error}`).toBe('AuthError: getJob: APIGW.0301 no (HTTP 401); one more locks the key')
    expect(seen).toHaveLength(4)
    time.now += keyLockMs + 1
    expect(await call()).toEqual(ok)
  })

  test('starts counting again after an accepted signature', async () => {
    const { client, seen } = signing([refused(), refused(), refused(), json({}, 404), ...four()])
    await fail(() => client.getJob({ job_id: 'j' }), 8)
    expect(seen).toHaveLength(8)
  })

  test('does not count signatures that were rejected because of the clock', async () => {
    const skewed = (hours: number) => refused({ date: dateOf(noon + hours * 3_600_000) })
    const { client, seen } = signing([skewed(1), refused(), skewed(3), refused(), skewed(5), json(ok)])
    await fail(() => client.getJob({ job_id: 'j' }), 2)
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen).toHaveLength(6)
  })
})

test.each([
  [undefined, /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=/],
  [
    scoped({ region: 'eu-de', service: 'dli' }),
    /^SDK-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli\/sdk_request, SignedHeaders=/,
  ],
  [v11({ region: 'eu-de', service: 'dli' }), /^V11-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli, SignedHeaders=/],
])('signs in the form it is given (%#)', async (form, header) => {
  const { client, seen } = signing([json(ok)], { form })
  await client.getJob({ job_id: 'j' })
  expect(seen[0]?.headers.get('authorization')).toMatch(header)
})

test('rejects a body that is too large to sign before it is sent, and the error suggests token()', async () => {
  const { client, seen } = signing([json(ok)])
  const body = { text: 'x'.repeat(maxSignedBodyBytes) }
  await expect(client.createJob({ body })).rejects.toThrow(new TypeError('body: over 12 MB needs token()'))
  expect(await client.createJob({ body: { text: 'x'.repeat(maxSignedBodyBytes - 11) } })).toEqual(ok)
  expect(seen).toHaveLength(1)
})

test('a body is not signed where the call says so', async () => {
  const { client, seen } = signing([json(ok), json(ok)])
  const headers = { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }
  await client.createJob({ body: { a: 1 } }, { headers })
  await client.createJob({ body: { a: 2 } }, { headers })
  const [first, second] = seen.map(request => request.headers.get('authorization'))
  expect(first).toContain('x-sdk-content-sha256')
  expect(first).toBe(second)
})

test('what a gateway quotes of a signed request does not show the security token', async () => {
  const quote = 'verify aksk signature fail, canonicalRequest:GET|/|x-security-token:hush-hush|'
  const { client } = signing([json({ error_msg: quote }, 401)], { securityToken: 'hush-hush' })
  const error = await rejection(client.getJob({ job_id: 'j' }))
  expect(`${error}`).toContain('x-security-token:REDACTED|')
  expect(JSON.stringify((error as { body: unknown }).body)).not.toContain('hush-hush')
})
