import { describe, expect, test } from 'vitest'
import { createAccessKey, createRejection, createSigningClient, noon } from '../../test/signing-client.ts'
import { catchRejection, createTestClient, respond } from '../../test/test-client.ts'
import { CredentialsError } from '../errors/credentials-error.ts'
import { maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import { HeaderMap } from '../http/header-map.ts'
import { aksk } from './access-key.ts'
import { chain } from './chain.ts'
import type { Credentials } from './credentials.ts'
import { token } from './token.ts'

/** Creates a source that always fails and counts its calls. */
function createFailingSource(source: string | undefined, reason: string) {
  const calls = { count: 0 }
  const credentials: Credentials = {
    source,
    async authorize({ headers }) {
      calls.count++
      headers.set('X-Half', 'done')
      throw new Error(reason)
    },
  }
  return { credentials, calls }
}

test('finds the first source that works, uses it for all later calls, and does not try the other sources again', async () => {
  const failing = createFailingSource('profile', 'no file')
  const last = createFailingSource('metadata', 'not on a server')
  const credentials = chain(failing.credentials, { ...token('t-1'), source: 'environment' }, last.credentials)
  expect(credentials.source).toBe('profile, environment, metadata')
  const { client, requests } = createTestClient([respond({}), respond({})], { credentials })
  await client.getJob({ job_id: 'j' })
  await client.getJob({ job_id: 'j' })
  expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t-1', 't-1'])
  expect(requests[0]?.headers.has('x-half')).toBe(false)
  expect([failing.calls.count, last.calls.count]).toEqual([1, 0])
  expect(credentials.source).toBe('environment')
})

test('tries each source only once if several calls start at the same time', async () => {
  const failing = createFailingSource('environment', 'nothing set')
  const { client } = createTestClient(
    Array.from({ length: 100 }, () => respond({})),
    { credentials: chain(failing.credentials, token('t')) },
  )
  await Promise.all(Array.from({ length: 100 }, () => client.getJob({ job_id: 'j' })))
  expect(failing.calls.count).toBe(1)
})

test('fails with the errors of all sources if no source works, and tries all sources again on the next call', async () => {
  const credentials = chain(
    createFailingSource('environment', 'nothing set').credentials,
    createFailingSource(undefined, 'no file').credentials,
  )
  const { client, requests } = createTestClient([], { credentials })
  const error = (await catchRejection(client.getJob({ job_id: 'j' }))) as CredentialsError
  expect(error).toBeInstanceOf(CredentialsError)
  expect(error.message).toBe('credentials: environment: nothing set; source 2: no file')
  expect(error.tried).toEqual([
    { source: 'environment', reason: 'nothing set' },
    { source: 'source 2', reason: 'no file' },
  ])
  expect((error.cause as AggregateError).errors.map(String)).toEqual(['Error: nothing set', 'Error: no file'])
  expect(requests).toHaveLength(0)

  let isReady = false
  const eventually = chain({
    authorize: ({ headers }) => {
      if (!isReady) throw new Error('not yet')
      headers.set('X-Auth-Token', 't')
    },
  })
  const second = createTestClient([respond({ id: 'j' })], { credentials: eventually })
  await catchRejection(second.client.getJob({ job_id: 'j' }))
  isReady = true
  expect(await second.client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
})

test('names the sources of a nested chain', async () => {
  const inner = chain(
    createFailingSource('environment', 'nothing set').credentials,
    createFailingSource('profile', 'no file').credentials,
  )
  const credentials = chain(inner, createFailingSource('metadata', 'not on a server').credentials)
  const error = await catchRejection(createTestClient([], { credentials }).client.getJob({ job_id: 'j' }))
  expect(`${error}`).toBe(
    'CredentialsError: credentials: environment: nothing set; profile: no file; metadata: not on a server',
  )
})

test('reports a 401 to the source in use', async () => {
  const tokens = ['old', 'old', 'new', 'new']
  const credentials = chain(
    createFailingSource('a', 'no').credentials,
    token(() => tokens.shift()),
  )
  const { client, requests } = createTestClient([respond({}, 401), respond({ id: 'j' })], { credentials })
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
  expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['old', 'new'])
})

test('rejects an empty chain', () => {
  expect(() => chain()).toThrow(
    expect.objectContaining({ option: 'credentials', message: 'chain() needs at least one source of credentials' }),
  )
})

describe('if the first source has credentials but cannot authorize a call', () => {
  test('rejects a body that is too large to sign, and signs later calls with the first source', async () => {
    const credentials = chain(aksk({ accessKey: createAccessKey(), secretKey: 'SK' }), token('t'))
    const authorize = async (length: number) => {
      const headers = new HeaderMap()
      await credentials.authorize({ method: 'POST', url: 'https://svc.test/', headers, body: new Uint8Array(length) })
      return [...headers.keys()]
    }
    expect(await catchRejection(authorize(maxSignedBodyBytes + 1))).toMatchObject({ name: 'ArgumentError' })
    expect(await authorize(1)).toContain('authorization')
  })

  test('rejects calls while more rejected signatures could lock the key', async () => {
    const keys = { accessKey: createAccessKey(), secretKey: 'SK', now: () => noon }
    const rejected = createSigningClient(
      Array.from({ length: 4 }, () => createRejection()),
      keys,
    )
    for (let n = 0; n < 4; n++) await catchRejection(rejected.client.getJob({ job_id: 'j' }))
    const { client, requests } = createTestClient([], { credentials: chain(aksk(keys), token('t')) })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError' })
    expect(requests).toHaveLength(0)
  })
})
