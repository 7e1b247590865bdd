import type { Clock } from '../simulation/clock.ts'
import { type Random, randomHex } from '../simulation/random.ts'
import { type AuthOptions, DEMO_KEY, DEMO_USER, type MockKey, type MockUser } from './accounts.ts'

/** An access key that the gateway accepts. A temporary key has a security token and expires. */
export interface KnownKey extends MockKey {
  readonly securityToken?: string
  /** In epoch milliseconds. */
  readonly expiresAt?: number
}

/** The known tokens, keys and users. */
export interface CredentialStore {
  /** Whether only known credentials are accepted. */
  readonly strict: boolean
  /** `unknown` if the token was not issued by this mock. */
  getTokenState(token: string): 'valid' | 'expired' | 'unknown'
  findKey(accessKey: string): KnownKey | undefined
  /** Whether this user may get a token. An open mock accepts every user. */
  acceptsUser(user: { readonly [field in keyof MockUser]: string | undefined }): boolean
  issueToken(expiresAt: number): string
  issueKey(expiresAt: number): Required<KnownKey>
}

export function createCredentialStore(options: AuthOptions, clock: Clock, random: Random): CredentialStore {
  const { keys = [DEMO_KEY], users = [DEMO_USER] } = options
  const strict = (options.auth ?? (options.keys || options.users ? 'strict' : 'open')) === 'strict'
  const configuredKeys = new Map<string, KnownKey>(keys.map(key => [key.accessKey, key]))
  const issuedKeys = new Map<string, KnownKey>()
  const tokenExpiry = new Map<string, number>()
  return {
    strict,
    getTokenState(token) {
      const expiresAt = tokenExpiry.get(token)
      if (expiresAt === undefined) return 'unknown'
      return clock.now() < expiresAt ? 'valid' : 'expired'
    },
    findKey: accessKey => configuredKeys.get(accessKey) ?? issuedKeys.get(accessKey),
    acceptsUser: ({ name, password, domainName }) =>
      !strict || users.some(user => user.name === name && user.password === password && user.domainName === domainName),
    issueToken(expiresAt) {
      const token = `mock-token-${randomHex(random, 48)}`
      addLimited(tokenExpiry, token, expiresAt)
      return token
    },
    issueKey(expiresAt) {
      const key = {
        accessKey: `MOCKTEMP${randomHex(random, 12).toUpperCase()}`,
        secretKey: randomHex(random, 40),
        securityToken: `mock-security-token-${randomHex(random, 32)}`,
        expiresAt,
      }
      addLimited(issuedKeys, key.accessKey, key)
      return key
    },
  }
}

/**
 * The maximum number of issued tokens, and also the maximum number of issued keys. If there are more, the oldest ones are dropped.
 * Otherwise, a mock that runs for days would use more and more memory.
 */
const MAX_ENTRIES = 10_000

function addLimited<T>(map: Map<string, T>, name: string, value: T): void {
  map.set(name, value)
  const [oldest] = map.keys()
  if (map.size > MAX_ENTRIES && oldest !== undefined) map.delete(oldest)
}
