import { observe } from '@jobscope/core'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { argsOf } from '../src/args.ts'
import { packages } from '../src/clients.ts'
import type { Client, RawHttp } from '../src/harness.ts'
import { clientOptions, failureOf } from '../src/harness.ts'
import { operations } from '../src/operations.ts'
import {
  failures,
  type Kind,
  kindsAt,
  leaks,
  MARK,
  type Place,
  passed,
  shown,
  stopped,
  suspiciousServer,
} from '../src/secrets.ts'

/** One call that only reads, and one that sends a body. */
const service = 'dli'
const signed = operations.filter(one => one.service === service && one.security.length > 1)
const tried = [signed.find(one => one.method === 'GET'), signed.find(one => one.body && !one.body.form)]
const calls = tried.filter(one => one !== undefined)

const server = await suspiciousServer()
let clock = stopped
/** What the hooks of all clients are told. */
const told: object[] = []
const note = (event: object) => told.push(event)
const hooks = observe({ onRequest: note, onResponse: note, onRetry: note })
const { kinds, close } = await kindsAt(server.origin, () => clock, hooks)
afterAll(close)
afterAll(server.close)

const printed: unknown[][] = []
beforeEach(() => {
  printed.length = 0
  told.length = 0
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args))
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((...args) => printed.push(args) > 0)
})
afterEach(() => vi.restoreAllMocks())

/** Calls in every way, and returns all that can be seen of it. */
async function everythingOf(kind: Kind, spoil = (secret: string) => secret): Promise<unknown[]> {
  const seen: unknown[] = []
  try {
    const credentials = await kind(spoil)
    const made: object = packages[service].create({
      ...clientOptions(service),
      endpoint: `${server.origin}/service`,
      credentials,
      retry: false,
      clock,
      hooks,
    })
    seen.push(credentials, made)
    const client = made as Client & { http: RawHttp }
    for (const operation of calls)
      seen.push(await client[operation.id]?.(argsOf(operation)).catch((error: unknown) => error))
    const path = { project_id: 'p' }
    seen.push(await client.http.request('GET', '/v1.0/{project_id}/x', { params: { path } }).catch(error => error))
    seen.push(credentials.source)
  } catch (error) {
    seen.push(error)
  }
  return [...seen, ...told, ...printed]
}

const usesIam = /password$|agency|temporary$|chain/
const placesOf = (kind: string): Place[] => [
  'service',
  ...(usesIam.test(kind) ? (['iam'] as const) : []),
  ...(kind === 'metadata' ? (['metadata'] as const) : []),
]

describe.each(Object.entries(kinds))('%s', (name, kind) => {
  describe.each(placesOf(name))('where %s goes wrong', place => {
    test.each(Object.entries(failures))('%s shows no secret', async (failing, failure) => {
      server.fail(place, failure)
      clock = failing === 'no answer' ? passed : stopped
      const seen = await everythingOf(kind)
      server.release()
      expect(seen.some(one => one instanceof Error)).toBe(true)
      expect(seen.flatMap(leaks)).toEqual([])
    })
  })

  test.each([
    ['a line end', (secret: string) => `${secret}\n${secret}`],
    ['a space', (secret: string) => `${secret} ${secret}`],
    ['a letter that no header carries', (secret: string) => `${secret}\u{1f511}`],
    ['quotes and braces', (secret: string) => `"${secret}'}]: {`],
    ['nothing but itself, twice', (secret: string) => secret + secret],
  ])('a secret with %s is not shown', async (_, spoil) => {
    clock = stopped
    server.fail('service', failures['403 of a gateway'] as never)
    expect((await everythingOf(kind, spoil)).flatMap(leaks)).toEqual([])
  })
})

test('there is a call that only reads, and one with a body', () => {
  expect(calls).toHaveLength(2)
})

test('hooks are told of the service, and of what credentials do in IAM', async () => {
  clock = stopped
  server.fail('service', failures['403 of a gateway'] as never)
  await everythingOf(kinds['password'] as Kind)
  const operations = told.map(event => Reflect.get(event, 'operation'))
  for (const operation of calls) expect(operations).toContain(operation.id)
  expect(new Set(operations).size).toBeGreaterThan(calls.length)
})

test('what is looked for would be found', async () => {
  const error = await failureOf(Promise.reject(new Error('x', { cause: new Error(`${MARK}/x`) })))
  expect(leaks(error).length).toBeGreaterThan(0)
  expect(shown({ a: { b: { c: { d: { e: MARK } } } } })).toContain(MARK)
})
