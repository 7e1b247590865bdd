import { password } from '@jobscope/iam'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { createArgs } from '../src/args.ts'
import { packages } from '../src/clients.ts'
import { type Client, getClientOptions } from '../src/harness.ts'
import { operations } from '../src/operations.ts'

/** A read operation. Its calls need a token. */
const readOperation = operations.find(one => one.service === 'dli' && one.method === 'GET')

/** Sets up a service whose tokens come from the IAM of the mock. `now` is the clock of the caller. */
async function setUp(now: (clock: { now(): number }) => number) {
  const mock = await createMock({ requestLimit: 10_000 })
  const timeouts = { timeout: '100s', attemptTimeout: '100s' } as const
  const credentials = password({
    ...timeouts,
    endpoint: mock.url('iam'),
    region: 'eu-de',
    userName: 'ci-runner',
    password: 'your-password',
    domainName: 'example-account',
    now: () => now(mock.clock),
  })
  const made: object = packages.dli.create({
    ...getClientOptions('dli'),
    ...timeouts,
    endpoint: mock.url('dli'),
    credentials,
    // On a busy machine, the mock can close an idle connection that a call is about to use. Such a call is retried.
    retry: 5,
  })
  const call = () => (readOperation ? (made as Client)[readOperation.id]?.(createArgs(readOperation)) : undefined)
  const statuses = (service: string) =>
    mock.requests.filter(request => request.service === service).map(({ status }) => status)
  return { mock, call, statuses }
}

const tokenLifetime = 86_400_000

/** Makes one call, lets the token expire, and makes 1,000 calls at once. */
async function callAfterExpiry(now: (clock: { now(): number }) => number) {
  const { mock, call, statuses } = await setUp(now)
  await using _ = mock
  await call()
  mock.clock.advance(tokenLifetime)
  await Promise.all(Array.from({ length: 1000 }, call))
  return { iam: statuses('iam'), dli: statuses('dli') }
}

test('if a token has expired, 1,000 concurrent calls cause one request for a new token, and no call fails', async () => {
  const { iam, dli } = await callAfterExpiry(clock => clock.now())
  expect(iam).toEqual([201, 201])
  expect(dli).toEqual(Array.from({ length: 1001 }, () => 200))
})

test('if the service rejects the token of 1,000 calls, the client requests one new token and retries each rejected call once', async () => {
  const start = Date.now()
  const { iam, dli } = await callAfterExpiry(() => start)
  expect(iam).toEqual([201, 201])
  expect(dli.filter(status => status === 200)).toHaveLength(1001)
  // Only requests that were sent before the first 401 arrived are rejected.
  const rejected = dli.filter(status => status === 401).length
  expect(rejected).toBeGreaterThan(0)
  expect(rejected).toBeLessThanOrEqual(1000)
})
