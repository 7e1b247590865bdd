import type { Credentials } from '../src/auth/credentials.ts'
import { createClient, type RawClient } from '../src/http/client.ts'
import type { ClientOptions } from '../src/http/client-options.ts'
import type { Service } from '../src/http/service.ts'
import { type Methods, service } from './service.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

/** A request that the fake server received. */
export interface ReceivedRequest {
  method: string
  url: string
  headers: Headers
  body: string
}

/** What the fake server does with a request: respond, fail as `fetch` fails, or never respond. */
export type FakeResponse =
  | Response
  | Error
  | 'hang'
  | ((request: ReceivedRequest, init: RequestInit) => Promise<Response> | Response)

/** Creates a JSON response. */
export const respond = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** Creates an error as Node's fetch throws it. */
export const createFetchError = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } })

/** Credentials that add no header. */
export const noCredentials: Credentials = { authorize: () => undefined }

interface Paths {
  '/v1/{project_id}/jobs/{job_id}': {
    get: {
      parameters: { path: { project_id: string; job_id: string } }
      responses: { 200: { content: { 'application/json': { id: string } } } }
    }
  }
}

export interface TestClient {
  client: Methods & RawClient<Paths>
  requests: ReceivedRequest[]
  clock: VirtualClock
}

/** Creates a client of a fake server on a virtual clock. The server sends `responses`, one for each request. */
export function createTestClient(
  responses: FakeResponse[],
  options: Partial<ClientOptions> = {},
  definition: Service = service,
): TestClient {
  const requests: ReceivedRequest[] = []
  const clock = createVirtualClock()
  const queue = [...responses]
  const fake = async (input: string | URL | Request, init: RequestInit = {}) => {
    const request: ReceivedRequest = {
      method: init.method ?? 'GET',
      url: `${input instanceof Request ? input.url : input}`,
      headers: new Headers(init.headers),
      body: init.body ? new TextDecoder().decode(init.body as Uint8Array) : '',
    }
    requests.push(request)
    const response = queue.shift()
    if (response === undefined)
      throw new Error(`unexpected request ${requests.length}: ${request.method} ${request.url}`)
    if (response instanceof Error) throw response
    if (response === 'hang') return new Promise<Response>(() => {})
    return typeof response === 'function' ? response(request, init) : response
  }
  const client = createClient<Methods, Paths>(definition, {
    endpoint: 'https://svc.test',
    projectId: 'p1',
    credentials: noCredentials,
    clock,
    fetch: fake as typeof fetch,
    ...options,
  })
  return { client, requests, clock }
}

/** Returns the reason that a promise rejects with. Throws if the promise does not reject. */
export async function catchRejection(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.then(
    value => ({ value }),
    (reason: unknown) => ({ reason }),
  )
  if ('reason' in value) return value.reason
  throw new Error(`expected a rejection, got ${JSON.stringify(value.value)}`)
}
