import { timingSafeEqual } from 'node:crypto'
import { canonicalRequest, sha256 } from '@jobscope/core/sign'
import type { ErrorResponse } from '../error-response.ts'
import type { Operation } from '../operation.ts'
import type { RequestHead } from '../parse-request.ts'
import type { MockService } from '../service.ts'
import type { Clock } from '../simulation/clock.ts'
import { type Authorization, parseAuthorization } from './authorization-header.ts'
import type { CredentialStore, KnownKey } from './credential-store.ts'
import { createKeyLocks } from './key-locks.ts'

/**
 * Checks the credentials of a request as the services' gateway does, and returns the error if they are not valid. A request without
 * credentials passes this check, because the service itself rejects it.
 */
export type AuthenticateRequest = (request: RequestToAuthenticate) => Promise<ErrorResponse | undefined>

export interface RequestToAuthenticate {
  readonly service: MockService
  readonly operation: Operation
  readonly head: RequestHead
  readonly body: Buffer
}

export function createAuthenticator(credentials: CredentialStore, clock: Clock): AuthenticateRequest {
  const keyLocks = createKeyLocks(clock)

  function checkToken(token: string, { errorBodies }: MockService): ErrorResponse | undefined {
    const state = credentials.getTokenState(token)
    if (state === 'expired') return unauthorized(errorBodies.getGatewayMessage('stale-token'), 'auth-expired')
    const isRejected = state === 'unknown' && credentials.strict
    return isRejected ? unauthorized(errorBodies.getGatewayMessage('wrong-token')) : undefined
  }

  async function checkSignature(header: string, request: RequestToAuthenticate): Promise<ErrorResponse | undefined> {
    const { head, service } = request
    const { getGatewayMessage } = service.errorBodies
    const authorization = parseAuthorization(header)
    if (!authorization) return credentials.strict ? unauthorized(MALFORMED_HEADER) : undefined
    const { accessKey } = authorization
    const key = credentials.findKey(accessKey)
    if (!key) return credentials.strict ? unauthorized(getGatewayMessage('unknown-key', { accessKey })) : undefined
    const lockLimits = service.gatewayLimits?.keyLock
    if (lockLimits && keyLocks.isLocked(accessKey, lockLimits)) return unauthorized(getGatewayMessage('locked-key'))
    if (key.expiresAt !== undefined && clock.now() >= key.expiresAt) {
      return unauthorized(getGatewayMessage('stale-token'), 'auth-expired')
    }
    if (key.securityToken !== head.headers['x-security-token']) return unauthorized(getGatewayMessage('wrong-token'))
    const signedDate = head.headers['x-sdk-date'] ?? ''
    const skew = getClockSkew(signedDate, clock.now())
    const maxSkewSeconds = service.gatewayLimits?.clockSkew.maxSeconds
    if (skew === undefined || (maxSkewSeconds !== undefined && skew > maxSkewSeconds * 1000)) {
      const server = formatSdkDate(clock.now())
      return unauthorized(getGatewayMessage('wrong-time', { signed: signedDate, server }))
    }
    const { isValid, canonical } = await verifySignature(authorization, key, request)
    if (isValid) {
      keyLocks.reset(accessKey)
      return undefined
    }
    keyLocks.addFailure(accessKey)
    return unauthorized(getGatewayMessage('wrong-signature', { canonicalRequest: canonical.replaceAll('\n', '|') }))
  }

  return async request => {
    const { service, operation, head } = request
    const names = (operation.security ?? []).flat().flatMap(scheme => ('name' in scheme ? scheme.name : []))
    const isSignature = (name: string): boolean => name.toLowerCase() === 'authorization'
    const tokenHeader = names.find(name => !isSignature(name) && head.headers[name.toLowerCase()] !== undefined)
    if (tokenHeader !== undefined) return checkToken(head.headers[tokenHeader.toLowerCase()] ?? '', service)
    const header = head.headers['authorization']
    if (header === undefined || !names.some(isSignature)) return undefined
    return checkSignature(header, request)
  }
}

const MALFORMED_HEADER =
  'The Authorization header is malformed. Send "SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…", the same with ' +
  'Credential= instead of Access=, or "V11-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…".'

const unauthorized = (message: string, kind: 'auth' | 'auth-expired' = 'auth'): ErrorResponse => ({
  status: 401,
  kind,
  message,
})

/** Signs the received request again, with the headers that its signature names, and compares the two signatures. */
async function verifySignature(
  { form, accessKey, signedHeaders, signature }: Authorization,
  { secretKey }: KnownKey,
  { head: { method, url: pathAndQuery, headers: sent }, body }: RequestToAuthenticate,
): Promise<{ isValid: boolean; canonical: string }> {
  const headers = new Headers(signedHeaders.filter(isHeaderName).map(name => [name, sent[name] ?? '']))
  const url = `http://${sent['host'] ?? 'localhost'}${pathAndQuery}`
  if (!URL.canParse(url)) return { isValid: false, canonical: '' }
  const withHost = await canonicalRequest({ method, url, headers, body })
  const canonical = signedHeaders.includes('host') ? withHost : removeHost(withHost)
  const [, expected] = await form(accessKey, secretKey)(sent['x-sdk-date'] ?? '', await sha256(canonical))
  // The canonical request lists each valid header name once, in sorted order. The signature must list exactly these names in this order.
  const hasSameNames = canonical.split('\n').at(-2) === signedHeaders.join(';')
  return { isValid: hasSameNames && timingSafeEqual(Buffer.from(expected), Buffer.from(signature)), canonical }
}

const isHeaderName = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name)

/** The signer of `@jobscope/core` always signs the host. Other clients may omit the host. */
const removeHost = (canonical: string): string =>
  canonical.replace(/^host:.*\n/m, '').replace(/^host;|;host(?=;|$)|^host$/m, '')

/** Formats a time as `X-Sdk-Date` does: `20260102T030405Z`. */
const formatSdkDate = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

/** The difference between the date of a signature and `now` in milliseconds, or `undefined` if the date is not valid. */
function getClockSkew(sdkDate: string, now: number): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(sdkDate)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : Math.abs(time - now)
}
