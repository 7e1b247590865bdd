import { describe, expect, test } from 'vitest'
import { catchRejection, createTestClient, respond } from '../../test/test-client.ts'
import { aksk } from './access-key.ts'
import { access } from './signing/access.ts'
import { sign } from './signing/sign.ts'
import { token } from './token.ts'

const ok = { id: 'j' }

describe('token', () => {
  test('sends the token as X-Auth-Token', async () => {
    const { client, requests } = createTestClient([respond(ok)], { credentials: token('t-1') })
    await client.getJob({ job_id: 'j' })
    expect(requests[0]?.headers.get('x-auth-token')).toBe('t-1')
  })

  test('does not retry after a 401 with a fixed token', async () => {
    const { client, requests } = createTestClient([respond({}, 401)], { credentials: token('t-1') })
    await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ name: 'AuthError' })
    expect(requests).toHaveLength(1)
  })

  test('calls the function again after a 401, and retries only if the function returns another token', async () => {
    const tokens = ['old', 'new', 'new']
    const fresh = createTestClient([respond({}, 401), respond(ok)], { credentials: token(async () => tokens.shift()) })
    expect(await fresh.client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(fresh.requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['old', 'new'])
    const same = createTestClient([respond({}, 401)], { credentials: token(() => 'same') })
    await expect(same.client.getJob({ job_id: 'j' })).rejects.toMatchObject({ name: 'AuthError' })
  })

  test.each([undefined, '', 'se cret\n', 'secret\r\nX-Evil: 1'])(
    'rejects an invalid token and does not show it: %j',
    async value => {
      const { client, requests } = createTestClient([], { credentials: token(value) })
      const error = await catchRejection(client.getJob({ job_id: 'j' }))
      expect(`${error}`).toBe('ConfigurationError: token is missing or contains spaces or other invalid characters')
      expect(requests).toHaveLength(0)
    },
  )
})

describe('aksk', () => {
  const now = () => Date.UTC(2026, 0, 2, 3, 4, 5, 678)

  test('signs URL, headers and body', async () => {
    const { client, requests } = createTestClient([respond(ok)], {
      credentials: aksk({ accessKey: 'AK', secretKey: 'SK', now }),
    })
    await client.createJob({ body: { name: 'é' } }, { headers: { 'X-Language': 'en-us' } })
    const [{ headers, url, body }] = requests as [(typeof requests)[0]]
    expect(headers.get('x-sdk-date')).toBe('20260102T030405Z')
    const signed = new Headers([...headers].filter(([name]) => name !== 'authorization'))
    const expected = await sign(
      { method: 'POST', url, headers: signed, body: new TextEncoder().encode(body) },
      access('AK', 'SK'),
    )
    expect(headers.get('authorization')).toBe(expected)
    expect(expected).toContain('SignedHeaders=content-type;host;x-language;x-project-id;x-sdk-date,')
  })

  test('signs a retry with a new date', async () => {
    let time = Date.UTC(2026, 0, 1)
    const credentials = aksk({ accessKey: 'AK', secretKey: 'SK', now: () => (time += 1000) })
    const { client, requests } = createTestClient([respond({}, 503), respond(ok)], { credentials })
    await client.getJob({ job_id: 'j' })
    const [first, second] = requests.map(({ headers }) => [headers.get('x-sdk-date'), headers.get('authorization')])
    expect(first?.[0]).not.toBe(second?.[0])
    expect(first?.[1]).not.toBe(second?.[1])
  })

  test('does not retry after a 401, because several rejected signatures in a row lock the key', async () => {
    const { client, requests } = createTestClient([respond({}, 401)], {
      credentials: aksk({ accessKey: 'AK', secretKey: 'SK' }),
    })
    await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ name: 'AuthError' })
    expect(requests).toHaveLength(1)
  })

  test('sends and signs the security token of a temporary key pair', async () => {
    const { client, requests } = createTestClient([respond(ok)], {
      credentials: aksk({ accessKey: 'AK', secretKey: 'SK', securityToken: 'ST' }),
    })
    await client.getJob({ job_id: 'j' })
    expect(requests[0]?.headers.get('x-security-token')).toBe('ST')
    expect(requests[0]?.headers.get('authorization')).toContain('x-sdk-date;x-security-token,')
  })

  test.each([
    ['accessKey', { accessKey: undefined, secretKey: 'hush' }],
    ['secretKey', { accessKey: 'AK', secretKey: 'hush hush' }],
    ['securityToken', { accessKey: 'AK', secretKey: 'hush', securityToken: 'hush\n' }],
  ])('rejects an invalid %s with an error that does not quote it', (name, options) => {
    expect(() => aksk(options)).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        option: `credentials.${name}`,
        message: `${name} is missing or contains spaces or other invalid characters`,
      }),
    )
  })
})
