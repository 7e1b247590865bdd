import type { Clock } from '../simulation/clock.ts'
import { hex, type Random } from '../simulation/random.ts'
import { type AuthOptions, DEMO_KEY, DEMO_USER, type MockKey, type MockUser } from './accounts.ts'

/** A key as the gateway knows it; a temporary one goes along with a security token, and expires. */
export interface KnownKey extends MockKey {
  readonly securityToken?: string
  readonly expiresAt?: number
}

/** What the mock knows of tokens, keys and users. */
export interface CredentialStore {
  readonly strict: boolean
  /** Whether a token was issued here, and whether it still holds. */
  getTokenState(token: string): 'valid' | 'stale' | 'unknown'
  findKey(accessKey: string): KnownKey | undefined
  /** Whether this user may have a token; in an open mock everybody may. */
  isKnownUser(user: { readonly [field in keyof MockUser]: string | undefined }): boolean
  issueToken(expiresAt: number): string
  issueKey(expiresAt: number): Required<KnownKey>
}

export function createCredentialStore(options: AuthOptions, clock: Clock, random: Random): CredentialStore {
  const { keys = [DEMO_KEY], users = [DEMO_USER] } = options
  const strict = (options.auth ?? (options.keys || options.users ? 'strict' : 'open')) === 'strict'
  const known = new Map<string, KnownKey>(keys.map(key => [key.accessKey, key]))
  const tokens = new Map<string, number>()
  return {
    strict,
    getTokenState(token) {
      const expiresAt = tokens.get(token)
      if (expiresAt === undefined) return 'unknown'
      return clock.now() < expiresAt ? 'valid' : 'stale'
    },
    findKey: accessKey => known.get(accessKey),
    isKnownUser: ({ name, password, domainName }) =>
      !strict || users.some(user => user.name === name && user.password === password && user.domainName === domainName),
    issueToken(expiresAt) {
      const token = `mock-token-${hex(random, 48)}`
      keep(tokens, token, expiresAt)
      return token
    },
    issueKey(expiresAt) {
      const key = {
        accessKey: `MOCKTEMP${hex(random, 12).toUpperCase()}`,
        secretKey: hex(random, 40),
        securityToken: `mock-security-token-${hex(random, 32)}`,
        expiresAt,
      }
      keep(known, key.accessKey, key)
      return key
    },
  }
}

/** So many of a kind are remembered: who asks for more than that is not a test. */
const KEPT = 10_000

function keep<T>(map: Map<string, T>, name: string, value: T): void {
  map.set(name, value)
  const [oldest] = map.keys()
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest)
}
