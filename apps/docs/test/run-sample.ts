import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { aksk } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createIamClient } from '@jobscope/iam'
import { createMock, type Mock, type MockKey, virtualClock } from '@jobscope/mock'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { vi } from 'vitest'
import { MOCK_ORIGIN } from '../src/lib/mock-origin.ts'
import type { SampleContext, SampleSetup } from '../src/lib/sample-context.ts'

/** The access key of the clients in the sample context. If a mock has `keys` or `users`, they must include this key. */
const contextKey: MockKey = { accessKey: 'SAMPLEACCESSKEY00001', secretKey: 'secret-key-of-the-samples' }

const METADATA_HOST = '169.254.169.254'

const projectId = '0123456789abcdef0123456789abcdef'

/** Matches environment variables that may contain the developer's own credentials. */
const CREDENTIAL_VARIABLE = /^(OS|HUAWEICLOUD|HWC|CLOUD_SDK|OTC)_/

/**
 * Runs a sample and returns its output. Requests to the clouds and to the default origin of the mock go to a new mock. All other requests
 * fail. The time in a sample is the time of the mock's clock. This clock starts at the same time for every sample.
 */
export async function runSample(sample: (context: SampleContext) => unknown, setup: SampleSetup = {}): Promise<string> {
  const { env = {}, files = {}, services = ['dli'], agencyKey, keys, ...options } = setup
  const printed: string[] = []
  const print = (...values: unknown[]) => void printed.push(values.map(formatValue).join(' '))
  for (const method of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(print)
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-sample-'))
  for (const name of Object.keys(process.env)) if (CREDENTIAL_VARIABLE.test(name)) vi.stubEnv(name, undefined)
  for (const [name, value] of Object.entries({ HOME: folder, ...env })) vi.stubEnv(name, value)
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  const workingDirectory = process.cwd()
  process.chdir(folder)
  const clock = virtualClock(Date.UTC(2026, 10, 22, 9))
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now())
  const knownKeys = (keys || options.users) && { keys: [contextKey, ...(keys ?? [])] }
  const mock = await createMock({ services, seed: 1, clock, ...options, ...knownKeys })
  vi.stubGlobal('fetch', redirectToMock(mock, agencyKey, globalThis.fetch))
  // A retry delay is the backoff multiplied by a random number. With the random number 0, samples do not wait before
  // retries.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  try {
    await sample(await createContext(mock, folder))
    return printed.join('\n')
  } finally {
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    process.chdir(workingDirectory)
    await mock.close()
    await rm(folder, { recursive: true })
  }
}

const formatValue = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { breakLength: 100 })

/** Returns a `fetch` that sends `https://dli.eu-de.otc.t-systems.com/v1.0/…` to `<mock>/dli/v1.0/…`. */
function redirectToMock(
  mock: Mock,
  agencyKey: MockKey | undefined,
  fetch: typeof globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const [service = ''] = url.hostname.split('.')
    if (url.hostname === METADATA_HOST) return respondAsMetadataService(url.pathname, agencyKey)
    if (url.origin === MOCK_ORIGIN) return fetch(mock.origin + url.pathname + url.search, init)
    if (url.hostname === '127.0.0.1') return fetch(input, init)
    if (!mock.services.includes(service))
      throw new Error(`A sample called ${url}, but its setup does not include the service ${service}`)
    return fetch(mock.url(service) + url.pathname + url.search, init)
  }
}

/** Responds like the metadata service of an ECS, or like an unreachable host if there is no agency key. */
function respondAsMetadataService(path: string, agencyKey: MockKey | undefined): Response {
  if (!agencyKey) throw new TypeError('fetch failed', { cause: { code: 'ENETUNREACH' } })
  if (path.endsWith('/token')) return new Response('a-metadata-token')
  const { accessKey: access, secretKey: secret } = agencyKey
  const expires_at = new Date(Date.now() + 86_400_000).toISOString()
  return Response.json({ credential: { access, secret, securitytoken: 'a-security-token', expires_at } })
}

async function createContext(mock: Mock, folder: string): Promise<SampleContext> {
  const controller = new AbortController()
  const endpoint = (service: string) => (mock.services.includes(service) ? mock.url(service) : 'http://127.0.0.1:1')
  const options = (service: string) => ({
    endpoint: endpoint(service),
    projectId,
    credentials: aksk(contextKey),
  })
  const dli = withMockClock(mock, createDliClient(options('dli')))
  const { id: batch_id = '' } = mock.services.includes('dli')
    ? await dli.createBatch({
        body: { name: 'nightly', file: 'obs://demo/rollup.jar', className: 'Rollup', queue: 'etl' },
      })
    : {}
  return {
    mock,
    dli,
    modelarts: withMockClock(mock, createModelArtsClient(options('modelarts'))),
    cs: withMockClock(mock, createCsClient(options('cs'))),
    res: withMockClock(mock, createResClient({ ...options('res'), workspaceId: 'w', resourceId: 'r' })),
    iam: createIamClient(options('iam')),
    call: credentials => createDliClient({ ...options('dli'), credentials }).listBatches(),
    projectId,
    batch_id,
    signal: controller.signal,
    abort: reason => controller.abort(reason),
    folder,
  }
}

/**
 * Wraps a client so that its `waitFor…` methods use the mock's clock. Other methods keep the real clock: with the mock's
 * clock, their timeout of 30 seconds would expire at once.
 */
function withMockClock<Client extends object>({ clock }: Mock, client: Client): Client {
  const get = (target: Client, name: string | symbol) => {
    const method: unknown = Reflect.get(target, name)
    if (typeof method !== 'function' || !String(name).startsWith('waitFor')) return method
    return (args: object, options?: object) => method(args, { clock, ...options })
  }
  return new Proxy(client, { get })
}
