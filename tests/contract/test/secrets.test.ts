import type { Hooks } from '@jobscope/core'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createArgs } from '../src/args.ts'
import { packages } from '../src/clients.ts'
import type { Client, RawHttp } from '../src/harness.ts'
import { catchError, getClientOptions } from '../src/harness.ts'
import { operations } from '../src/operations.ts'
import {
  createKinds,
  elapsedClock,
  failures,
  findLeaks,
  type Kind,
  marker,
  type Place,
  showAll,
  startFailingServer,
  stoppedClock,
} from '../src/secrets.ts'

const service = 'dli'
const signed = operations.filter(one => one.service === service && one.security.length > 1)
const candidates = [signed.find(one => one.method === 'GET'), signed.find(one => one.body && !one.body.form)]
/** The operations that the tests call: a read operation, and an operation with a request body. */
const calls = candidates.filter(one => one !== undefined)

const server = await startFailingServer()
let clock = stoppedClock
/** The events that the hooks of all clients receive. */
const events: object[] = []
const note = (event: object) => events.push(event)
const hooks: Hooks = { onRequest: note, onResponse: note, onRetry: note }
const { kinds, close } = await createKinds(server.origin, () => clock, hooks)
afterAll(close)
afterAll(server.close)

const printed: unknown[][] = []
beforeEach(() => {
  printed.length = 0
  events.length = 0
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args))
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((...args) => printed.push(args) > 0)
})
afterEach(() => vi.restoreAllMocks())

/** Makes all calls with one kind of credentials. Returns everything about the calls and the credentials that a program can observe. */
async function observeCalls(kind: Kind, alter = (secret: string) => secret): Promise<unknown[]> {
  const observed: unknown[] = []
  try {
    const credentials = await kind(alter)
    const made: object = packages[service].create({
      ...getClientOptions(service),
      endpoint: `${server.origin}/service`,
      credentials,
      retry: false,
      clock,
      hooks,
    })
    observed.push(credentials, made)
    const client = made as Client & { http: RawHttp }
    for (const operation of calls)
      observed.push(await client[operation.id]?.(createArgs(operation)).catch((error: unknown) => error))
    const path = { project_id: 'p' }
    observed.push(await client.http.request('GET', '/v1.0/{project_id}/x', { params: { path } }).catch(error => error))
    observed.push(credentials.source)
  } catch (error) {
    observed.push(error)
  }
  return [...observed, ...events, ...printed]
}

const usesIam = /password$|agency|temporary$|chain/
const listServers = (kind: string): Place[] => [
  'service',
  ...(usesIam.test(kind) ? (['iam'] as const) : []),
  ...(kind === 'metadata' ? (['metadata'] as const) : []),
]

describe.each(Object.entries(kinds))('%s', (name, kind) => {
  describe.each(listServers(name))('when the %s server fails', place => {
    test.each(Object.entries(failures))('does not show a secret after %s', async (failing, failure) => {
      server.fail(place, failure)
      clock = failing === 'no response' ? elapsedClock : stoppedClock
      const observed = await observeCalls(kind)
      server.release()
      expect(observed.some(one => one instanceof Error)).toBe(true)
      expect(observed.flatMap(findLeaks)).toEqual([])
    })
  })

  test.each([
    ['a line break', (secret: string) => `${secret}\n${secret}`],
    ['a space', (secret: string) => `${secret} ${secret}`],
    ['a character that headers cannot contain', (secret: string) => `${secret}\u{1f511}`],
    ['quotes and braces', (secret: string) => `"${secret}'}]: {`],
    ['a repeated text', (secret: string) => secret + secret],
  ])('does not show a secret with %s', async (_, alter) => {
    clock = stoppedClock
    server.fail('service', failures['403 of the gateway'] as never)
    expect((await observeCalls(kind, alter)).flatMap(findLeaks)).toEqual([])
  })
})

test('the spec has a read operation and an operation with a request body', () => {
  expect(calls).toHaveLength(2)
})

test('the hooks receive the calls to the service, and the calls that the credentials send to IAM', async () => {
  clock = stoppedClock
  server.fail('service', failures['403 of the gateway'] as never)
  await observeCalls(kinds['password'] as Kind)
  const operations = events.map(event => Reflect.get(event, 'operation'))
  for (const operation of calls) expect(operations).toContain(operation.id)
  expect(new Set(operations).size).toBeGreaterThan(calls.length)
})

test('the search finds a secret in causes and in nested objects', async () => {
  const error = await catchError(Promise.reject(new Error('x', { cause: new Error(`${marker}/x`) })))
  expect(findLeaks(error).length).toBeGreaterThan(0)
  expect(showAll({ a: { b: { c: { d: { e: marker } } } } })).toContain(marker)
})
