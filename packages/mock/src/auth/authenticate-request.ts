import { timingSafeEqual } from 'node:crypto'
import { canonicalRequest, sha256 } from '@jobscope/core/sign'
import type { ErrorResponse } from '../error-response.ts'
import type { Operation } from '../operation.ts'
import type { IncomingRequest } from '../parse-request.ts'
import type { MockService } from '../service.ts'
import type { Clock } from '../simulation/clock.ts'
import { type Authorization, parseAuthorization } from './authorization-header.ts'
import type { CredentialStore, KnownKey } from './credential-store.ts'

/**
 * Looks at the credentials of a call, as the gateway in front of the services does. That there are some is the service's
 * own business.
 */
export type AuthenticateRequest = (
  service: MockService,
  operation: Operation,
  head: Omit<IncomingRequest, 'body'>,
  body: Buffer,
) => Promise<ErrorResponse | undefined>

/** How far the date of a signature may be off, in milliseconds: 15 minutes (API Request Signing Guide). */
const TOLERANCE = 15 * 60_000

/** So many wrong signatures in a row lock a key, for so many milliseconds (IAM, "AK access failed to reach the limit"). */
const FAILURES = 5
const LOCKED = 5 * 60_000

export function createAuthenticator(vault: CredentialStore, clock: Clock): AuthenticateRequest {
  const failures = new Map<string, { count: number; last: number }>()

  /** Whether the key is locked now. A lock ends by itself. */
  const isLocked = (accessKey: string): boolean => {
    const known = failures.get(accessKey)
    if (known && clock.now() - known.last >= LOCKED) failures.delete(accessKey)
    return (failures.get(accessKey)?.count ?? 0) > FAILURES
  }

  return async ({ errorBodies: { gatewayMessage: said } }, operation, head, body) => {
    const names = (operation.security ?? []).flat().flatMap(scheme => ('name' in scheme ? scheme.name : []))
    const isSignature = (name: string): boolean => name.toLowerCase() === 'authorization'
    const tokenHeader = names.find(name => !isSignature(name) && head.headers[name.toLowerCase()] !== undefined)
    if (tokenHeader !== undefined) {
      const state = vault.getTokenState(head.headers[tokenHeader.toLowerCase()] ?? '')
      if (state === 'stale') return denied(said('stale-token'), 'auth-expired')
      return state === 'unknown' && vault.strict ? denied(said('wrong-token')) : undefined
    }
    const header = head.headers['authorization']
    if (header === undefined || !names.some(isSignature)) return undefined
    const authorization = parseAuthorization(header)
    if (!authorization) return vault.strict ? denied(MALFORMED) : undefined
    const { accessKey } = authorization
    const key = vault.findKey(accessKey)
    if (!key) return vault.strict ? denied(said('unknown-key', { accessKey })) : undefined
    if (isLocked(accessKey)) return denied(said('locked-key'))
    if (key.expiresAt !== undefined && clock.now() >= key.expiresAt) return denied(said('stale-token'), 'auth-expired')
    if (key.securityToken !== head.headers['x-security-token']) return denied(said('wrong-token'))
    const signed = head.headers['x-sdk-date'] ?? ''
    if (Math.abs(epochOf(signed) - clock.now()) > TOLERANCE) {
      return denied(said('wrong-time', { signed, server: dateOf(clock.now()) }))
    }
    const { matches, canonical } = await verify(authorization, key, head, body)
    if (matches) {
      failures.delete(accessKey)
      return undefined
    }
    failures.set(accessKey, { count: (failures.get(accessKey)?.count ?? 0) + 1, last: clock.now() })
    return denied(said('wrong-signature', { canonicalRequest: canonical.replaceAll('\n', '|') }))
  }
}

const MALFORMED =
  'Authorization is none of "SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…", the same with Credential=, V11-HMAC-SHA256'

const denied = (message: string, kind: 'auth' | 'auth-expired' = 'auth'): ErrorResponse => ({
  status: 401,
  kind,
  message,
})

/** Signs the request as it came, with the headers that its signature names. */
async function verify(
  { form, accessKey, signedHeaders, signature }: Authorization,
  { secretKey }: KnownKey,
  { method, url, headers: given }: Omit<IncomingRequest, 'body'>,
  body: Buffer,
): Promise<{ matches: boolean; canonical: string }> {
  const headers = new Headers(signedHeaders.filter(isName).map(name => [name, given[name] ?? '']))
  const whereTo = `http://${given['host'] ?? 'localhost'}${url}`
  if (!URL.canParse(whereTo)) return { matches: false, canonical: '' }
  const request = { method, url: whereTo, headers, body }
  const whole = await canonicalRequest(request)
  const canonical = signedHeaders.includes('host') ? whole : withoutHost(whole)
  const [, made] = await form(accessKey, secretKey)(given['x-sdk-date'] ?? '', await sha256(canonical))
  // Names that are none, twice there or out of order are not what the canonical request has.
  const named = canonical.split('\n').at(-2) === signedHeaders.join(';')
  return { matches: named && timingSafeEqual(Buffer.from(made), Buffer.from(signature)), canonical }
}

const isName = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name)

/** The signer signs the host in any case; a caller need not. */
const withoutHost = (canonical: string): string =>
  canonical.replace(/^host:.*\n/m, '').replace(/^host;|;host(?=;|$)|^host$/m, '')

/** `20260102T030405Z`, the form of `X-Sdk-Date`. */
const dateOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

/** NaN would be no further off than anything: what is no date is infinitely far away. */
function epochOf(date: string): number {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const time = iso === date ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}
