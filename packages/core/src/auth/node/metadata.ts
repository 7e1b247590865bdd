import { getPlatformSender } from '#platform'
import { TemporaryError } from '../../errors/temporary-error.ts'
import { isHeaderToken } from '../../http/header-token.ts'
import { type Clock, schedule, systemClock } from '../../time/clock.ts'
import { type Duration, toMilliseconds } from '../../time/duration.ts'
import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import { type IssuedCredentials, refreshing } from '../refreshing.ts'
import { requestMetadata } from './request-metadata.ts'

export interface MetadataOptions {
  /** Base URL of the metadata service. @default 'http://169.254.169.254' */
  endpoint?: string | undefined
  /** Timeout of the request for a token, and of the request for a key. @default '3s' */
  timeout?: Duration | undefined
  /** Sends the requests. @default `node:http` without a proxy, or `globalThis.fetch` if it was replaced */
  fetch?: typeof fetch | undefined
  /** Returns the time as epoch milliseconds. @default Date.now */
  now?: (() => number) | undefined
  /** Replaces the system's clock in tests. */
  clock?: Clock | undefined
}

/**
 * The token lifetime to request from the service, in seconds. Each request for a token must contain a lifetime. This value is the maximum
 * that the service accepts.
 */
const tokenLifetime = '21600'

/** Older metadata services require no token. If a token is requested, they return one of these status codes. */
const statusesWithoutTokens = [404, 405, 503]

/**
 * Creates credentials from the metadata service of an ECS: the temporary key of the agency that is assigned to the server. The key is
 * renewed 40 minutes before it expires.
 *
 * @throws CredentialsError (when a call is made) if there is no metadata service, or no agency is assigned to the server
 * @throws ConfigurationError if `timeout` is not a duration
 * @example
 * import { fromMetadata } from '@jobscope/core/node'
 *
 * const credentials = fromMetadata()
 */
export function fromMetadata(options: MetadataOptions = {}): Credentials {
  const { endpoint = 'http://169.254.169.254', clock = systemClock, now } = options
  const timeout = toMilliseconds(options.timeout ?? '3s', 'credentials.timeout')
  /**
   * Set after the first response. The response proves that the machine has a metadata service, so later connection failures are temporary.
   */
  let hasResponded = false

  const createError = (message: string, isTemporary: boolean, cause?: unknown) =>
    isTemporary ? new TemporaryError(message, { cause }) : new Error(message, { cause })

  async function request(path: string, init: RequestInit): Promise<{ readonly status: number; readonly text: string }> {
    const controller = new AbortController()
    const send = async () => {
      const fetch = options.fetch ?? (getPlatformSender() ? requestMetadata : globalThis.fetch)
      const response = await fetch(`${endpoint}${path}`, { ...init, redirect: 'manual', signal: controller.signal })
      const text = await response.text()
      hasResponded = true
      return { status: response.status, text }
    }
    return new Promise((resolve, reject) => {
      const cancelTimer = schedule(clock, timeout, () => {
        controller.abort()
        reject(createError(`no metadata service responded within ${timeout} ms`, hasResponded))
      })
      const fail = (cause: unknown) => {
        const { code } = (cause as { cause?: { code?: string } }).cause ?? {}
        reject(createError(`cannot connect to a metadata service${code ? ` (${code})` : ''}`, hasResponded, cause))
      }
      send().finally(cancelTimer).then(resolve, fail)
    })
  }

  async function issue(): Promise<IssuedCredentials> {
    const token = await request('/meta-data/latest/api/token', {
      method: 'PUT',
      headers: { 'X-Metadata-Token-Ttl-Seconds': tokenLifetime },
    })
    const headers: Record<string, string> = {}
    if (token.status === 200) headers['X-Metadata-Token'] = checkToken(token.text.trim())
    else if (!statusesWithoutTokens.includes(token.status)) {
      throw createError(`the metadata service issued no token (HTTP ${token.status})`, isUnavailable(token.status))
    }
    const key = await request('/openstack/latest/securitykey', { headers })
    if (/configure Cloud Service Agency/i.test(key.text)) throw new Error('no agency is assigned to this server')
    if (key.status !== 200) {
      throw createError(`the metadata service issued no key (HTTP ${key.status})`, isUnavailable(key.status))
    }
    const { access, secret, securitytoken, expires_at } = parseCredential(key.text)
    return {
      credentials: aksk({ accessKey: access, secretKey: secret, securityToken: securitytoken, now }),
      expiresAt: Date.parse(`${expires_at}`) || undefined,
    }
  }

  return refreshing(issue, { source: 'metadata', ahead: '40m', now })
}

/** Returns whether a status code means that the service may succeed later. */
const isUnavailable = (status: number): boolean => status === 429 || status >= 500

function checkToken(token: string): string {
  if (isHeaderToken(token)) return token
  throw new Error('the token of the metadata service is empty or contains characters that a header cannot carry')
}

interface Credential {
  readonly access?: string
  readonly secret?: string
  readonly securitytoken?: string
  readonly expires_at?: string
}

function parseCredential(text: string): Credential {
  try {
    return (JSON.parse(text) as { credential: Credential }).credential ?? {}
  } catch {
    // The error of JSON.parse would quote the text, which contains secrets.
    throw new Error('the response of the metadata service is not valid JSON')
  }
}
