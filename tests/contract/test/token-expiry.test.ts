import { password } from '@jobscope/iam'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { argsOf } from '../src/args.ts'
import { packages } from '../src/clients.ts'
import { type Client, clientOptions } from '../src/harness.ts'
import { operations } from '../src/operations.ts'

/** Any call that only reads. */
const reading = operations.find(one => one.service === 'dli' && one.method === 'GET')

/** A service behind the IAM of the mock, and how often each was called. `now` is the time as the caller sees it. */
async function setUp(now: (clock: { now(): number }) => number) {
  const mock = await createMock({ requestLimit: 10_000 })
  const patient = { timeout: '100s', attemptTimeout: '100s' } as const
  const credentials = password({
    ...patient,
    endpoint: mock.url('iam'),
    region: 'eu-de',
    userName: 'ci-runner',
    password: 'your-password',
    domainName: 'example-account',
    now: () => now(mock.clock),
  })
  const made: object = packages.dli.create({
    ...clientOptions('dli'),
    ...patient,
    endpoint: mock.url('dli'),
    credentials,
    retry: false,
  })
  const call = () => (reading ? (made as Client)[reading.id]?.(argsOf(reading)) : undefined)
  const statuses = (service: string) =>
    mock.requests.filter(request => request.service === service).map(({ status }) => status)
  return { mock, call, statuses }
}

const day = 86_400_000

test('1,000 callers at the expiry of a token are one call of IAM, and no call of the service fails', async () => {
  const { mock, call, statuses } = await setUp(clock => clock.now())
  await using _ = mock
  await call()
  mock.clock.advance(day)
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(statuses('iam')).toEqual([201, 201])
  expect(statuses('dli')).toEqual(Array.from({ length: 1001 }, () => 200))
})

test('1,000 callers whose token has died unseen are one call of IAM, and what was refused is sent once more', async () => {
  const start = Date.now()
  const { mock, call, statuses } = await setUp(() => start)
  await using _ = mock
  await call()
  mock.clock.advance(day)
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(statuses('iam')).toEqual([201, 201])
  expect(statuses('dli').filter(status => status === 200)).toHaveLength(1001)
  // Those that were on their way when the first came back.
  const refused = statuses('dli').filter(status => status === 401).length
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThanOrEqual(1000)
})
