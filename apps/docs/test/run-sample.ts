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
import { MOCK_ORIGIN } from '../src/lib/mock.ts'
import type { Setting, Stage } from '../src/lib/stage.ts'

/** With which the stage itself calls a mock that takes only known keys. */
const ours: MockKey = { accessKey: 'STAGEACCESSKEY000001', secretKey: 'secret-key-of-the-stage' }

const METADATA = '169.254.169.254'

const projectId = '0123456789abcdef0123456789abcdef'

/** Names of what might hold the credentials of whoever runs the tests. */
const personal = /^(OS|HUAWEICLOUD|HWC|CLOUD_SDK|OTC)_/

/**
 * Runs a sample as its reader would, and returns what it printed: calls to the clouds, and to a mock at its usual address,
 * go to a mock of its own, and nothing goes elsewhere. Time is the mock's, and begins at the same moment for every sample.
 */
export async function perform(sample: (stage: Stage) => unknown, setting: Setting = {}): Promise<string> {
  const { env = {}, files = {}, services = ['dli'], agencyKey, keys, ...options } = setting
  const printed: string[] = []
  const print = (...values: unknown[]) => void printed.push(values.map(asPrinted).join(' '))
  for (const method of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(print)
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-sample-'))
  for (const name of Object.keys(process.env)) if (personal.test(name)) vi.stubEnv(name, undefined)
  for (const [name, value] of Object.entries({ HOME: folder, ...env })) vi.stubEnv(name, value)
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  const home = process.cwd()
  process.chdir(folder)
  const clock = virtualClock(Date.UTC(2026, 10, 22, 9))
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now())
  const known = (keys || options.users) && { keys: [ours, ...(keys ?? [])] }
  const mock = await createMock({ services, seed: 1, clock, ...options, ...known })
  vi.stubGlobal('fetch', toMock(mock, agencyKey, globalThis.fetch))
  // The wait before a retry is a random part of a second; so it is none.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  try {
    await sample(await stageOf(mock, folder))
    return printed.join('\n')
  } finally {
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    process.chdir(home)
    await mock.close()
    await rm(folder, { recursive: true })
  }
}

const asPrinted = (value: unknown): string => (typeof value === 'string' ? value : inspect(value, { breakLength: 100 }))

/** `https://dli.eu-de.otc.t-systems.com/v1.0/…` is `<mock>/dli/v1.0/…`. */
function toMock(mock: Mock, key: MockKey | undefined, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const [service = ''] = url.hostname.split('.')
    if (url.hostname === METADATA) return metadata(url.pathname, key)
    if (url.origin === MOCK_ORIGIN) return fetch(mock.origin + url.pathname + url.search, init)
    if (url.hostname === '127.0.0.1') return fetch(input, init)
    if (!mock.services.includes(service))
      throw new Error(`A sample called ${url}, and has no such service in its setting`)
    return fetch(mock.url(service) + url.pathname + url.search, init)
  }
}

/** The service by which a server knows its agency; it answers where the sample says that there is one. */
function metadata(path: string, key: MockKey | undefined): Response {
  if (!key) throw new TypeError('fetch failed', { cause: { code: 'ENETUNREACH' } })
  if (path.endsWith('/token')) return new Response('a-metadata-token')
  const { accessKey: access, secretKey: secret } = key
  const expires_at = new Date(Date.now() + 86_400_000).toISOString()
  return Response.json({ credential: { access, secret, securitytoken: 'a-security-token', expires_at } })
}

async function stageOf(mock: Mock, folder: string): Promise<Stage> {
  const ending = new AbortController()
  const endpoint = (service: string) => (mock.services.includes(service) ? mock.url(service) : 'http://127.0.0.1:1')
  const options = (service: string) => ({
    endpoint: endpoint(service),
    projectId,
    credentials: aksk(ours),
  })
  const dli = waitingOn(mock, createDliClient(options('dli')))
  const { id: batch_id = '' } = mock.services.includes('dli')
    ? await dli.createBatch({
        body: { name: 'nightly', file: 'obs://demo/rollup.jar', className: 'Rollup', queue: 'etl' },
      })
    : {}
  return {
    mock,
    dli,
    modelarts: waitingOn(mock, createModelArtsClient(options('modelarts'))),
    cs: waitingOn(mock, createCsClient(options('cs'))),
    res: waitingOn(mock, createResClient({ ...options('res'), workspaceId: 'w', resourceId: 'r' })),
    iam: createIamClient(options('iam')),
    call: credentials => createDliClient({ ...options('dli'), credentials }).listBatches(),
    projectId,
    batch_id,
    signal: ending.signal,
    abort: reason => ending.abort(reason),
    folder,
  }
}

/** The client, whose waits take their time from the mock. Its calls do not: a limit of 30 seconds would be over at once. */
function waitingOn<Client extends object>({ clock }: Mock, client: Client): Client {
  const get = (target: Client, name: string | symbol) => {
    const method: unknown = Reflect.get(target, name)
    if (typeof method !== 'function' || !String(name).startsWith('waitFor')) return method
    return (args: object, options?: object) => method(args, { clock, ...options })
  }
  return new Proxy(client, { get })
}
