import { describe, expect, test } from 'vitest'
import { createRejection, createSigningClient, keys, noon, ok } from '../../test/signing-client.ts'
import { catchRejection, respond } from '../../test/test-client.ts'
import { isAuthError } from '../errors/auth-error.ts'
import { maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import { scoped } from './signing/scoped.ts'
import { v11 } from './signing/v11.ts'

const formatDate = (ms: number) => new Date(ms).toUTCString()

describe('after a 401 from a gateway whose clock differs from ours', () => {
  test('reads the time of the gateway from the error message, not from the Date header', async () => {
    const error_msg = 'signature expired, signature time:20260102T120000Z,server time:20260102T093059Z'
    const { client, requests } = createSigningClient([
      respond({ error_msg }, 401, { date: formatDate(noon) }),
      respond(ok),
    ])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[1]?.headers.get('x-sdk-date')).toBe('20260102T093000Z')
  })

  test('uses the clock of the gateway to sign the request again, and to sign all later requests', async () => {
    const { client, requests } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
      respond(ok),
    ])
    expect(await client.createJob({ body: {} })).toEqual(ok)
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-sdk-date'))).toEqual([
      '20260102T120000Z',
      '20260102T130000Z',
      '20260102T130000Z',
    ])
    expect(requests[0]?.headers.get('authorization')).not.toBe(requests[1]?.headers.get('authorization'))
  })

  test('does not retry if the clocks agree', async () => {
    const { client, requests } = createSigningClient([createRejection({ date: formatDate(noon + 240_000) })])
    expect(isAuthError(await catchRejection(client.getJob({ job_id: 'j' })))).toBe(true)
    expect(requests).toHaveLength(1)
  })

  test('does not retry a second time', async () => {
    const { client, requests } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      createRejection({ date: formatDate(noon + 7_200_000) }),
    ])
    await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ code: 'APIGW.0301' })
    expect(requests).toHaveLength(2)
  })

  test('computes the difference of the clocks again after our clock is corrected', async () => {
    const { client, requests, time } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
    ])
    await client.getJob({ job_id: 'j' })
    time.now += 3_600_000
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[3]?.headers.get('x-sdk-date')).toBe('20260102T130000Z')
  })
})

test.each(['Sat, 13 Sep 275760 00:00:00 GMT', 'Mon, 01 Jan 1900 00:00:00 GMT', 'soon'])(
  'ignores the impossible server time %s',
  async date => {
    const { client, requests } = createSigningClient([createRejection({ date }), respond(ok)])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ code: 'APIGW.0301' })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[1]?.headers.get('x-sdk-date')).toBe('20260102T120000Z')
  },
)

test.each([
  [undefined, /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=/],
  [
    scoped({ region: 'eu-de', service: 'dli' }),
    /^SDK-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli\/sdk_request, SignedHeaders=/,
  ],
  [v11({ region: 'eu-de', service: 'dli' }), /^V11-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli, SignedHeaders=/],
])('signs in the form that the option `form` selects (%#)', async (form, header) => {
  const { client, requests } = createSigningClient([respond(ok)], { ...keys, form })
  await client.getJob({ job_id: 'j' })
  expect(requests[0]?.headers.get('authorization')).toMatch(header)
})

test('rejects a body that is too large to sign, sends nothing, and suggests token()', async () => {
  const { client, requests } = createSigningClient([respond(ok)])
  const body = { text: 'x'.repeat(maxSignedBodyBytes) }
  await expect(client.createJob({ body })).rejects.toMatchObject({
    name: 'ArgumentError',
    parameter: 'body',
    message: `body has ${maxSignedBodyBytes + 11} bytes, but only ${maxSignedBodyBytes} can be signed. Use token().`,
  })
  expect(await client.createJob({ body: { text: 'x'.repeat(maxSignedBodyBytes - 11) } })).toEqual(ok)
  expect(requests).toHaveLength(1)
})

test('does not sign the body if the header X-Sdk-Content-Sha256 is UNSIGNED-PAYLOAD', async () => {
  const { client, requests } = createSigningClient([respond(ok), respond(ok)])
  const headers = { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }
  await client.createJob({ body: { a: 1 } }, { headers })
  await client.createJob({ body: { a: 2 } }, { headers })
  const [first, second] = requests.map(request => request.headers.get('authorization'))
  expect(first).toContain('x-sdk-content-sha256')
  expect(first).toBe(second)
})

test('redacts the security token if the gateway quotes the signed request', async () => {
  const quote = 'verify aksk signature fail, canonicalRequest:GET|/|x-security-token:hush-hush|'
  const { client } = createSigningClient([respond({ error_msg: quote }, 401)], { securityToken: 'hush-hush' })
  const error = await catchRejection(client.getJob({ job_id: 'j' }))
  expect(`${error}`).toContain('x-security-token:REDACTED|')
  expect(JSON.stringify((error as { body: unknown }).body)).not.toContain('hush-hush')
})
