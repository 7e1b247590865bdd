import { expect, test } from 'vitest'
import { harness, json, rejection } from '../../test/harness.ts'
import { CredentialsError } from '../errors/credentials-error.ts'
import { chain } from './chain.ts'
import type { Credentials } from './credentials.ts'
import { token } from './token.ts'

/** A source that has nothing, and counts how often it was asked. */
function empty(source: string | undefined, reason: string) {
  const asked = { times: 0 }
  const credentials: Credentials = {
    source,
    async authorize({ headers }) {
      asked.times++
      headers.set('X-Half', 'done')
      throw new Error(reason)
    },
  }
  return { credentials, asked }
}

test('the first source that has some is kept, and the others are not asked again', async () => {
  const nothing = empty('profile', 'no file')
  const last = empty('metadata', 'not on a server')
  const credentials = chain(nothing.credentials, { ...token('t-1'), source: 'environment' }, last.credentials)
  expect(credentials.source).toBe('profile, environment, metadata')
  const { client, seen } = harness([json({}), json({})], { credentials })
  await client.getJob({ job_id: 'j' })
  await client.getJob({ job_id: 'j' })
  expect(seen.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t-1', 't-1'])
  expect(seen[0]?.headers.has('x-half')).toBe(false)
  expect([nothing.asked.times, last.asked.times]).toEqual([1, 0])
  expect(credentials.source).toBe('environment')
})

test('many callers at once ask each source once', async () => {
  const nothing = empty('environment', 'nothing set')
  const { client } = harness(
    Array.from({ length: 100 }, () => json({})),
    { credentials: chain(nothing.credentials, token('t')) },
  )
  await Promise.all(Array.from({ length: 100 }, () => client.getJob({ job_id: 'j' })))
  expect(nothing.asked.times).toBe(1)
})

test('if none has any, the error names each and why, nothing is sent, and the next call asks again', async () => {
  const credentials = chain(empty('environment', 'nothing set').credentials, empty(undefined, 'no file').credentials)
  const { client, seen } = harness([], { credentials })
  const error = (await rejection(client.getJob({ job_id: 'j' }))) as CredentialsError
  expect(error).toBeInstanceOf(CredentialsError)
  expect(error.message).toBe('credentials: environment: nothing set; source 2: no file')
  expect(error.tried).toEqual([
    { source: 'environment', reason: 'nothing set' },
    { source: 'source 2', reason: 'no file' },
  ])
  expect((error.cause as AggregateError).errors.map(String)).toEqual(['Error: nothing set', 'Error: no file'])
  expect(seen).toHaveLength(0)

  let ready = false
  const late = chain({
    authorize: ({ headers }) => {
      if (!ready) throw new Error('not yet')
      headers.set('X-Auth-Token', 't')
    },
  })
  const second = harness([json({ id: 'j' })], { credentials: late })
  await rejection(second.client.getJob({ job_id: 'j' }))
  ready = true
  expect(await second.client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
})

test('a chain of chains tells of every source', async () => {
  const inner = chain(empty('environment', 'nothing set').credentials, empty('profile', 'no file').credentials)
  const credentials = chain(inner, empty('metadata', 'not on a server').credentials)
  const error = await rejection(harness([], { credentials }).client.getJob({ job_id: 'j' }))
  expect(`${error}`).toBe(
    'CredentialsError: credentials: environment: nothing set; profile: no file; metadata: not on a server',
  )
})

test('a 401 is for the source that was kept', async () => {
  const tokens = ['old', 'old', 'new', 'new']
  const credentials = chain(
    empty('a', 'no').credentials,
    token(() => tokens.shift()),
  )
  const { client, seen } = harness([json({}, 401), json({ id: 'j' })], { credentials })
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
  expect(seen.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['old', 'new'])
})

test('a chain of nothing is refused', () => {
  expect(() => chain()).toThrow(new TypeError('chain: must be given a source'))
})
