import { expect, test } from 'vitest'
import { virtualClock } from '../simulation/clock.ts'
import { seededRandom } from '../simulation/random.ts'
import { createCredentialStore } from './credential-store.ts'

test('keeps the newest 10,000 issued tokens and keys, and all configured keys', () => {
  const configured = Array.from({ length: 10_001 }, (_, i) => ({ accessKey: `AK${i}`, secretKey: 'SK' }))
  const store = createCredentialStore({ keys: configured }, virtualClock(0), seededRandom(1))
  const tokens = Array.from({ length: 10_001 }, () => store.issueToken(1000))
  expect(tokens.slice(0, 2).map(store.getTokenState)).toEqual(['unknown', 'valid'])
  const issued = Array.from({ length: 10_001 }, () => store.issueKey(1000))
  const findIssued = (index: number) => store.findKey(issued[index]?.accessKey ?? '')
  expect([0, 1, 10_000].map(findIssued)).toEqual([undefined, issued[1], issued[10_000]])
  expect(configured.map(({ accessKey }) => store.findKey(accessKey))).toEqual(configured)
})

test('a token is expired as soon as the clock reaches its expiry time', () => {
  const clock = virtualClock(0)
  const store = createCredentialStore({}, clock, seededRandom(1))
  const token = store.issueToken(1000)
  clock.advance(999)
  expect(store.getTokenState(token)).toBe('valid')
  clock.advance(1)
  expect(store.getTokenState(token)).toBe('expired')
})

const key = { accessKey: 'AK', secretKey: 'SK' }
const user = { name: 'u', password: 'p', domainName: 'd' }

test.each([
  [{}, false],
  [{ keys: [key] }, true],
  [{ users: [user] }, true],
  [{ auth: 'open', keys: [key] }, false],
  [{ auth: 'strict' }, true],
] as const)('with the options %j, accepts only known credentials: %j', (options, strict) => {
  expect(createCredentialStore(options, virtualClock(0), seededRandom(1)).strict).toBe(strict)
})

test('a strict store accepts a user only with the right name, password and account', () => {
  const store = createCredentialStore({ users: [user] }, virtualClock(0), seededRandom(1))
  expect(store.acceptsUser(user)).toBe(true)
  for (const field of ['name', 'password', 'domainName'])
    expect(store.acceptsUser({ ...user, [field]: 'x' })).toBe(false)
})
