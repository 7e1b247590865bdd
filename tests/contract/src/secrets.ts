import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { aksk, type Clock, type Credentials, chain, type Hooks, refreshing, token } from '@jobscope/core'
import { fromCloudsYaml, fromEnv, fromMetadata, fromProfile } from '@jobscope/core/node'
import { agency, password, temporary } from '@jobscope/iam'

/** Every secret contains this marker. */
export const marker = 'MARKED'

/** Creates a secret with characters that JSON and URLs escape. */
const createSecret = (name: string): string => `${marker}/${name}+/a/b==`

/** The server that fails. */
export type Place = 'service' | 'iam' | 'metadata'

/**
 * Emits `request` when the server receives a request that it does not respond to. It has no listener limit, because many sleeps can
 * listen at the same time.
 */
const stall = new EventEmitter().setMaxListeners(0)

/** Writes a faulty response. `sent` is the whole request as text. */
export type Failure = (response: ServerResponse, sent: string) => void

const respond = (status: number, body: string, headers: Record<string, string> = {}): Failure => {
  return (response, sent) => {
    // Some gateways escape every slash.
    const escaped = JSON.stringify(sent).slice(1, -1).replaceAll('/', '\\/')
    const text = body.replaceAll('ESCAPED', escaped).replaceAll('SENT', sent)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }
}

const gateway = '{"error_code":"APIG.0301","error_msg":"verify aksk signature fail, canonicalRequest:ESCAPED"}'
const keystone = '{"error":{"code":400,"message":"ESCAPED","title":"Bad"},"request":{"ESCAPED":["ESCAPED"]}}'

/** Every kind of faulty response of a server, gateway or proxy. Each response contains the secrets of the request. */
export const failures: { readonly [name: string]: Failure } = {
  ...Object.fromEntries(
    [400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504].flatMap(status => [
      [`${status} of the gateway`, respond(status, gateway)],
      [`${status} of IAM`, respond(status, keystone)],
    ]),
  ),
  '401 whose token must be updated': respond(401, gateway.replace('0301', '0307')),
  'HTML with 502': respond(502, '<html><pre>SENT</pre></html>', { 'content-type': 'text/html' }),
  'HTML with 200': respond(200, '<html><pre>SENT</pre></html>', { 'content-type': 'text/html' }),
  'text with 400': respond(400, 'Bad request: SENT', { 'content-type': 'text/plain' }),
  'truncated JSON with 401': respond(401, '{"error_code":"APIG.0301","error_msg":"ESCAPED'),
  'truncated JSON with 200': respond(200, '{"id":"ESCAPED'),
  'an error with 200': respond(200, '{"is_success":false,"error_code":"DLI.0001","message":"ESCAPED"}'),
  'an empty body with 401': respond(401, ''),
  'a redirect': (response, sent) =>
    response.writeHead(307, { location: `/?sent=${encodeURIComponent(sent)}` }).end(sent),
  'a reset before the response': response => response.socket?.destroy(),
  'a reset within the response': (response, sent) => {
    response.writeHead(200, { 'content-length': '1000000' })
    response.write(sent, () => response.socket?.destroy())
  },
  'no response': () => stall.emit('request'),
}

/** Starts a server that acts as three servers: a service, IAM and the metadata service. Call `fail` to make one of the three fail. */
export async function startFailingServer() {
  const state: { place?: Place; failure?: Failure } = {}
  let issued = 0
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const sent = `${formatHeaders(request)}\n${await readBody(request)}`
    const place = /^\/(service|iam|metadata)\//.exec(path)?.[1] as Place
    if (place === state.place) return state.failure?.(response, sent)
    const expires_at = new Date(Date.now() + 86_400_000).toISOString()
    const json = (status: number, body: object) => respond(status, JSON.stringify(body))(response, '')
    if (path.startsWith('/iam/v3/auth/tokens')) {
      response.setHeader('X-Subject-Token', createSecret(`issued-token-${++issued}`))
      return json(201, { token: { expires_at, issued_at: new Date().toISOString() } })
    }
    const credential = {
      access: `${marker}ACCESS${++issued}`,
      secret: createSecret(`issued-key-${issued}`),
      securitytoken: createSecret(`issued-security-token-${issued}`),
      expires_at,
    }
    if (path.startsWith('/iam/')) return json(201, { credential })
    if (path.endsWith('/token')) return response.end(createSecret('metadata-token'))
    if (path.startsWith('/metadata/')) return json(200, { credential })
    return json(200, {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Makes one of the three servers fail. The other two servers work. */
    fail(place: Place, failure: Failure) {
      state.place = place
      state.failure = failure
    },
    /** Closes the connections of requests without a response. */
    release: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function formatHeaders({ rawHeaders }: IncomingMessage): string {
  return rawHeaders.map((text, index) => (index % 2 ? `${text}\n` : `${text}:`)).join('')
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

/** A clock on which no sleep ends. */
export const stoppedClock: Clock = { now: () => 0, sleep: (_, signal) => rejectOnAbort(signal) }
/**
 * A clock that ends every sleep when the server receives a request to which it does not respond. The only sleep at that moment is the
 * timeout of this request.
 */
export const elapsedClock: Clock = {
  now: () => 0,
  sleep: (_, signal) => Promise.race([once(stall, 'request').then(() => {}), rejectOnAbort(signal)]),
}

const rejectOnAbort = (signal?: AbortSignal) =>
  new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

/** Creates credentials of a kind. `alter` changes each secret, for example into a value that a header cannot contain. */
export type Kind = (alter: (secret: string) => string) => Credentials | Promise<Credentials>

/**
 * Creates every kind of credentials for a server. `hooks` receive the requests that the credentials send to IAM. `close` removes the
 * temporary files of the credentials.
 */
export async function createKinds(origin: string, clock: () => Clock, hooks: Hooks) {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-secrets-'))
  let files = 0
  const createFile = async (name: string, text: string) => {
    const path = join(folder, `${++files}-${name}`)
    await writeFile(path, text)
    return path
  }
  const getOptions = () =>
    ({ endpoint: `${origin}/iam`, region: 'eu-de', cloud: 'otc', retry: false, clock: clock(), hooks }) as const
  const createPassword = (alter = (text: string) => text) =>
    password({ ...getOptions(), userName: 'u', domainName: 'd', password: alter(createSecret('password')) })
  const createKey = (alter: (text: string) => string) => ({
    accessKey: alter(`${marker}ACCESS`),
    secretKey: alter(createSecret('secret-key')),
  })
  const withPassword = {
    password: (settings: object) => password({ ...(settings as Parameters<typeof password>[0]), ...getOptions() }),
  }

  const kinds: { readonly [name: string]: Kind } = {
    token: alter => token(alter(createSecret('token'))),
    'token from a function': alter => token(async () => alter(createSecret('token'))),
    aksk: alter => aksk(createKey(alter)),
    'temporary aksk': alter =>
      aksk({ ...createKey(text => text), securityToken: alter(createSecret('security-token')) }),
    refreshing: alter => refreshing(async () => ({ credentials: token(alter(createSecret('token'))) })),
    password: alter => createPassword(alter),
    agency: alter => agency({ ...getOptions(), credentials: createPassword(alter), agencyName: 'a', domainName: 'd' }),
    temporary: alter => temporary({ ...getOptions(), credentials: createPassword(alter) }),
    'temporary of an agency': alter =>
      temporary({ ...getOptions(), credentials: createPassword(alter), agencyName: 'a', domainName: 'd' }),
    'environment with a key': alter => {
      const { accessKey, secretKey } = createKey(alter)
      return fromEnv({ env: { HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey } })
    },
    'environment with a token': alter => fromEnv({ env: { OS_TOKEN: alter(createSecret('token')) } }),
    'environment with a password': alter => {
      const env = { OS_USERNAME: 'u', OS_DOMAIN_NAME: 'd', OS_PASSWORD: alter(createSecret('password')) }
      return fromEnv({ env, ...withPassword })
    },
    'environment with an incomplete key': alter => fromEnv({ env: { OS_SK: alter(createSecret('secret-key')) } }),
    'environment with a password and no IAM': alter =>
      fromEnv({ env: { OS_USERNAME: 'u', OS_DOMAIN_NAME: 'd', OS_PASSWORD: alter(createSecret('password')) } }),
    profile: async alter => {
      const { accessKey, secretKey } = createKey(alter)
      return fromProfile({ file: await createFile('credentials', `[basic]\nak = ${accessKey}\nsk = ${secretKey}\n`) })
    },
    'clouds.yaml with a password': async alter => {
      const auth = `username: u, user_domain_name: d, password: '${alter(createSecret('password'))}'`
      const path = await createFile('clouds.yaml', `clouds:\n  one:\n    auth: { ${auth} }\n`)
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: path }, ...withPassword })
    },
    'clouds.yaml with a token': async alter => {
      const path = await createFile(
        'clouds.yaml',
        `clouds:\n  one:\n    auth: { token: ${alter(createSecret('token'))} }\n`,
      )
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: path } })
    },
    'clouds.json': async alter => {
      const { accessKey, secretKey } = createKey(alter)
      const text = `{"clouds":{"one":{"auth":{"ak":"${accessKey}","sk":"${secretKey}"}}}}`
      return fromCloudsYaml({ env: { OS_CLIENT_CONFIG_FILE: await createFile('clouds.json', text) } })
    },
    metadata: () => fromMetadata({ endpoint: `${origin}/metadata`, clock: clock() }),
    chain: alter => chain(fromEnv({ env: { OS_SK: alter(createSecret('secret-key')) } }), createPassword(alter)),
  }
  return { kinds, close: () => rm(folder, { recursive: true }) }
}

/** Converts a value to text in every way: as string, as JSON, as Node prints it, and property by property. */
export function showAll(value: unknown): string {
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

/** Finds the secrets in a value, each with the text around it. */
export function findLeaks(value: unknown): readonly string[] {
  const text = showAll(value)
  // The pattern matches only the marker. A pattern that also matches the text around it would take most of the time of the tests.
  return [...text.matchAll(new RegExp(marker, 'gi'))].map(({ index }) =>
    text.slice(Math.max(0, index - 60), index + marker.length + 60),
  )
}
