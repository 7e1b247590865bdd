import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { aksk, type Clock, type Credentials, chain, type Hooks, refreshing, token } from '@jobscope/core'
import { fromCloudsYaml, fromEnv, fromMetadata, fromProfile } from '@jobscope/core/node'
import { agency, password, temporary } from '@jobscope/iam'

/** What is looked for: every secret has it in it. */
export const MARK = 'MARKED'

/** A secret, with the characters that secrets have and that escape in JSON and in URLs. */
const secret = (name: string): string => `${MARK}/${name}+/a/b==`

/** Where the server stands whose answers go wrong. */
export type Place = 'service' | 'iam' | 'metadata'

/** One way to go wrong. It is told everything that was sent. */
export type Failure = (response: ServerResponse, sent: string) => void

const answer = (status: number, body: string, headers: Record<string, string> = {}): Failure => {
  return (response, sent) => {
    // As some gateways write it: every slash is escaped.
    const escaped = JSON.stringify(sent).slice(1, -1).replaceAll('/', '\\/')
    const text = body.replaceAll('ESCAPED', escaped).replaceAll('SENT', sent)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }
}

const gateway = '{"error_code":"APIG.0301","error_msg":"verify aksk signature fail, canonicalRequest:ESCAPED"}'
const keystone = '{"error":{"code":400,"message":"ESCAPED","title":"Bad"},"request":{"ESCAPED":["ESCAPED"]}}'

/** Everything that a server, or what stands in front of it, does wrong. The secrets of the call are in all of it. */
export const failures: { readonly [name: string]: Failure } = {
  ...Object.fromEntries(
    [400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504].flatMap(status => [
      [`${status} of a gateway`, answer(status, gateway)],
      [`${status} of IAM`, answer(status, keystone)],
    ]),
  ),
  '401 whose token must be updated': answer(401, gateway.replace('0301', '0307')),
  'HTML with 502': answer(502, '<html><pre>SENT</pre></html>', { 'content-type': 'text/html' }),
  'HTML with 200': answer(200, '<html><pre>SENT</pre></html>', { 'content-type': 'text/html' }),
  'text with 400': answer(400, 'Bad request: SENT', { 'content-type': 'text/plain' }),
  'truncated JSON with 401': answer(401, '{"error_code":"APIG.0301","error_msg":"ESCAPED'),
  'truncated JSON with 200': answer(200, '{"id":"ESCAPED'),
  'a failure with 200': answer(200, '{"is_success":false,"error_code":"DLI.0001","message":"ESCAPED"}'),
  'nothing with 401': answer(401, ''),
  redirect: (response, sent) => response.writeHead(307, { location: `/?sent=${encodeURIComponent(sent)}` }).end(sent),
  'reset before an answer': response => response.socket?.destroy(),
  'reset in an answer': (response, sent) => {
    response.writeHead(200, { 'content-length': '1000000' })
    response.write(sent, () => response.socket?.destroy())
  },
  'no answer': () => {},
}

/** A server that is a service, IAM and a metadata service, until it is told to go wrong. */
export async function suspiciousServer() {
  const state: { place?: Place; failure?: Failure } = {}
  let issued = 0
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const sent = `${headersOf(request)}\n${await bodyOf(request)}`
    const place = /^\/(service|iam|metadata)\//.exec(path)?.[1] as Place
    if (place === state.place) return state.failure?.(response, sent)
    const expires_at = new Date(Date.now() + 86_400_000).toISOString()
    const json = (status: number, body: object) => answer(status, JSON.stringify(body))(response, '')
    if (path.startsWith('/iam/v3/auth/tokens')) {
      response.setHeader('X-Subject-Token', secret(`issued-token-${++issued}`))
      return json(201, { token: { expires_at, issued_at: new Date().toISOString() } })
    }
    const credential = {
      access: `${MARK}ACCESS${++issued}`,
      secret: secret(`issued-key-${issued}`),
      securitytoken: secret(`issued-security-token-${issued}`),
      expires_at,
    }
    if (path.startsWith('/iam/')) return json(201, { credential })
    if (path.endsWith('/token')) return response.end(secret('metadata-token'))
    if (path.startsWith('/metadata/')) return json(200, { credential })
    return json(200, {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Makes one of the three go wrong, and the others right. */
    fail(place: Place, failure: Failure) {
      state.place = place
      state.failure = failure
    },
    /** Ends the calls that have no answer. */
    release: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function headersOf({ rawHeaders }: IncomingMessage): string {
  return rawHeaders.map((text, index) => (index % 2 ? `${text}\n` : `${text}:`)).join('')
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

/** A clock on which nothing ends before it is over, or one on which every time has passed. */
export const stopped: Clock = { now: () => 0, sleep: (_, signal) => until(signal) }
export const passed: Clock = { now: () => 0, sleep: async () => new Promise(resolve => setTimeout(resolve, 5)) }

const until = (signal?: AbortSignal) =>
  new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

/** Makes credentials of a kind; `spoil` makes a secret one that cannot be used. */
export type Kind = (spoil: (secret: string) => string) => Credentials | Promise<Credentials>

/** Every kind of credentials, against a server; `hooks` see what they do in IAM. The folder for their files goes when `close` is called. */
export async function kindsAt(origin: string, clock: () => Clock, hooks: Hooks) {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-secrets-'))
  let files = 0
  const file = async (name: string, text: string) => {
    const path = join(folder, `${++files}-${name}`)
    await writeFile(path, text)
    return path
  }
  const where = () =>
    ({ endpoint: `${origin}/iam`, region: 'eu-de', cloud: 'otc', retry: false, clock: clock(), hooks }) as const
  const signedIn = (spoil = (text: string) => text) =>
    password({ ...where(), userName: 'u', domainName: 'd', password: spoil(secret('password')) })
  const key = (spoil: (text: string) => string) => ({
    accessKey: spoil(`${MARK}ACCESS`),
    secretKey: spoil(secret('secret-key')),
  })
  const withPassword = {
    password: (settings: object) => password({ ...(settings as Parameters<typeof password>[0]), ...where() }),
  }

  const kinds: { readonly [name: string]: Kind } = {
    token: spoil => token(spoil(secret('token'))),
    'token by a function': spoil => token(async () => spoil(secret('token'))),
    aksk: spoil => aksk(key(spoil)),
    'temporary aksk': spoil => aksk({ ...key(text => text), securityToken: spoil(secret('security-token')) }),
    refreshing: spoil => refreshing(async () => ({ credentials: token(spoil(secret('token'))) })),
    password: spoil => signedIn(spoil),
    agency: spoil => agency({ ...where(), credentials: signedIn(spoil), agencyName: 'a', domainName: 'd' }),
    temporary: spoil => temporary({ ...where(), credentials: signedIn(spoil) }),
    'temporary of an agency': spoil =>
      temporary({ ...where(), credentials: signedIn(spoil), agencyName: 'a', domainName: 'd' }),
    'environment with a key': spoil => {
      const { accessKey, secretKey } = key(spoil)
      return fromEnv({ env: { HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey } })
    },
    'environment with a token': spoil => fromEnv({ env: { OS_TOKEN: spoil(secret('token')) } }),
    'environment with a password': spoil => {
      const env = { OS_USERNAME: 'u', OS_DOMAIN_NAME: 'd', OS_PASSWORD: spoil(secret('password')) }
      return fromEnv({ env, ...withPassword })
    },
    'environment with half a key': spoil => fromEnv({ env: { OS_SK: spoil(secret('secret-key')) } }),
    'environment with a password and no IAM': spoil =>
      fromEnv({ env: { OS_USERNAME: 'u', OS_DOMAIN_NAME: 'd', OS_PASSWORD: spoil(secret('password')) } }),
    profile: async spoil => {
      const { accessKey, secretKey } = key(spoil)
      return fromProfile({ file: await file('credentials', `[basic]\nak = ${accessKey}\nsk = ${secretKey}\n`) })
    },
    'clouds.yaml with a password': async spoil => {
      const auth = `username: u, user_domain_name: d, password: '${spoil(secret('password'))}'`
      const path = await file('clouds.yaml', `clouds:\n  one:\n    auth: { ${auth} }\n`)
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: path }, ...withPassword })
    },
    'clouds.yaml with a token': async spoil => {
      const path = await file('clouds.yaml', `clouds:\n  one:\n    auth: { token: ${spoil(secret('token'))} }\n`)
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: path } })
    },
    'clouds.json': async spoil => {
      const { accessKey, secretKey } = key(spoil)
      const text = `{"clouds":{"one":{"auth":{"ak":"${accessKey}","sk":"${secretKey}"}}}}`
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: await file('clouds.json', text) } })
    },
    metadata: () => fromMetadata({ endpoint: `${origin}/metadata`, clock: clock() }),
    chain: spoil => chain(fromEnv({ env: { OS_SK: spoil(secret('secret-key')) } }), signedIn(spoil)),
  }
  return { kinds, close: () => rm(folder, { recursive: true }) }
}

/** Every way in which a value is shown: as text, as JSON, as Node and consoles print it, property by property. */
export function shown(value: unknown): string {
  const texts = [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null, getters: true }),
    inspect(value),
    JSON.stringify(value) ?? '',
  ]
  for (let error = value, depth = 0; error instanceof Error && depth < 10; error = error.cause, depth++) {
    const plain = Object.fromEntries(Reflect.ownKeys(error).map(key => [String(key), Reflect.get(error as Error, key)]))
    texts.push(`${error}`, error.message, error.stack ?? '', JSON.stringify(plain), inspect(plain, { depth: 20 }))
    if ('toJSON' in error && typeof error.toJSON === 'function') texts.push(JSON.stringify(error.toJSON()))
  }
  return texts.join('\n')
}

/** Where a secret shows, with what stands around it; nothing if none does. */
export function leaks(value: unknown): readonly string[] {
  const text = shown(value)
  return [...text.matchAll(new RegExp(`.{0,60}${MARK}.{0,60}`, 'gi'))].map(([match]) => match)
}
