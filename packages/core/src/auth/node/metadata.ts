import { type Clock, systemClock } from '../../time/clock.ts'
import { type Duration, toMilliseconds } from '../../time/duration.ts'
import { aksk } from '../access-key.ts'
import { type Credentials, headerSafe } from '../credentials.ts'
import { type IssuedCredentials, refreshing } from '../refreshing.ts'

export interface MetadataOptions {
  /** Base URL of the metadata service. @default 'http://169.254.169.254' */
  endpoint?: string | undefined
  /** For each of the two requests. @default '3s' */
  timeout?: Duration | undefined
  /** Sends the requests. @default globalThis.fetch */
  fetch?: typeof fetch | undefined
  /** The time as epoch ms. @default Date.now */
  now?: (() => number) | undefined
  /** Time, for tests. */
  clock?: Clock | undefined
}

/**
 * Credentials from the metadata service of an ECS: the temporary key of the agency that is assigned to it, renewed when less than
 * 40 minutes are left.
 *
 * @throws CredentialsError (when a call is made) if there is no such service, or no agency
 * @throws TypeError if `timeout` is no duration
 * @example
 * import { fromMetadata } from '@jobscope/core/node'
 *
 * const credentials = fromMetadata()
 */
export function fromMetadata(options: MetadataOptions = {}): Credentials {
  const { endpoint = 'http://169.254.169.254', clock = systemClock, now = Date.now } = options
  const timeout = toMilliseconds(options.timeout ?? '3s', 'timeout')

  async function ask(path: string, init: RequestInit): Promise<{ status: number; text: string }> {
    const ending = new AbortController()
    const answer = (async () => {
      const send = options.fetch ?? globalThis.fetch
      const response = await send(`${endpoint}${path}`, { ...init, redirect: 'manual', signal: ending.signal })
      return { status: response.status, text: await response.text() }
    })().catch(cause => {
      const { code } = (cause as { cause?: { code?: string } }).cause ?? {}
      throw new Error(`no metadata service answers${code ? ` (${code})` : ''}`, { cause })
    })
    const late = clock.sleep(timeout, ending.signal).then(() => {
      throw new Error(`no metadata service answers within ${timeout} ms`)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      ending.abort()
      late.catch(() => {})
      answer.catch(() => {})
    }
  }

  async function issue(): Promise<IssuedCredentials> {
    const { status, text } = await ask('/meta-data/latest/api/token', {
      method: 'PUT',
      headers: { 'X-Metadata-Token-Ttl-Seconds': '21600' },
    })
    // Older ones know of no token, and answer without.
    const headers: Record<string, string> = {}
    if (status === 200) headers['X-Metadata-Token'] = headerSafe(text.trim(), 'metadata token')
    else if (![404, 405, 503].includes(status)) throw new Error(`the metadata service gives no token (HTTP ${status})`)
    const answer = await ask('/openstack/latest/securitykey', { headers })
    if (/configure Cloud Service Agency/i.test(answer.text)) throw new Error('no agency is assigned to this server')
    if (answer.status !== 200) throw new Error(`the metadata service gives no key (HTTP ${answer.status})`)
    const { access, secret, securitytoken, expires_at } = credentialIn(answer.text)
    return {
      credentials: aksk({ accessKey: access, secretKey: secret, securityToken: securitytoken, now }),
      expiresAt: Date.parse(`${expires_at}`) || undefined,
    }
  }

  return refreshing(issue, { source: 'metadata', ahead: '40m', now })
}

interface Credential {
  readonly access?: string
  readonly secret?: string
  readonly securitytoken?: string
  readonly expires_at?: string
}

function credentialIn(text: string): Credential {
  try {
    return (JSON.parse(text) as { credential: Credential }).credential ?? {}
  } catch {
    // Its own error quotes the text.
    throw new Error('the answer of the metadata service is no JSON')
  }
}
