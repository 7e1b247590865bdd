import { expect, test } from 'vitest'
import { virtualClock } from '../simulation/clock.ts'
import { seededRandom } from '../simulation/random.ts'
import { createCredentialStore } from './credential-store.ts'

test('keeps the newest 10,000 tokens and keys', () => {
  const clock = virtualClock(0)
  const store = createCredentialStore({}, clock, seededRandom(1))
  const tokens = Array.from({ length: 10_001 }, () => store.issueToken(1000))
  expect(tokens.slice(0, 2).map(store.getTokenState)).toEqual(['unknown', 'valid'])
  const keys = Array.from({ length: 10_000 }, () => store.issueKey(1000))
  // The demo key is the oldest key, so it is dropped first.
  expect([keys[0], keys[9999]].map(key => store.findKey(key?.accessKey ?? ''))).toEqual([keys[0], keys[9999]])
  store.issueKey(1000)
  expect(store.findKey(keys[0]?.accessKey ?? '')).toBeUndefined()
  expect(store.findKey(keys[1]?.accessKey ?? '')).toBe(keys[1])
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
