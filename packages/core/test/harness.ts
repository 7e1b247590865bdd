import type { Credentials } from '../src/auth/credentials.ts'
import { createClient, type RawClient } from '../src/http/client.ts'
import type { ClientOptions } from '../src/http/client-options.ts'
import type { Service } from '../src/http/service.ts'
import { type Methods, service } from './service.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export interface Seen {
  method: string
  url: string
  headers: Headers
  body: string
}

/** What a fake server does with an attempt: it responds, fails as `fetch` fails, or never responds. */
export type Act = Response | Error | 'hang' | ((seen: Seen, init: RequestInit) => Promise<Response> | Response)

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** An error as Node's fetch throws it. */
export const fetchFailed = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } })

export const open: Credentials = { authorize: () => undefined }

interface Paths {
  '/v1/{project_id}/jobs/{job_id}': {
    get: {
      parameters: { path: { project_id: string; job_id: string } }
      responses: { 200: { content: { 'application/json': { id: string } } } }
    }
  }
}

export interface Harness {
  client: Methods & RawClient<Paths>
  seen: Seen[]
  clock: VirtualClock
}

/** A client whose attempts meet `acts`, one after the other, on a virtual clock. */
export function harness(acts: Act[], options: Partial<ClientOptions> = {}, of: Service = service): Harness {
  const seen: Seen[] = []
  const clock = virtualClock()
  const queue = [...acts]
  const fake = async (input: string | URL | Request, init: RequestInit = {}) => {
    const request: Seen = {
      method: init.method ?? 'GET',
      url: `${input instanceof Request ? input.url : input}`,
      headers: new Headers(init.headers),
      body: init.body ? new TextDecoder().decode(init.body as Uint8Array) : '',
    }
    seen.push(request)
    const act = queue.shift()
    if (act === undefined) throw new Error(`unexpected attempt ${seen.length}: ${request.method} ${request.url}`)
    if (act instanceof Error) throw act
    if (act === 'hang') return new Promise<Response>(() => {})
    return typeof act === 'function' ? act(request, init) : act
  }
  const client = createClient<Methods, Paths>(of, {
    endpoint: 'https://svc.test',
    projectId: 'p1',
    credentials: open,
    clock,
    fetch: fake as typeof fetch,
    ...options,
  })
  return { client, seen, clock }
}

/** The reason a promise rejects with; fails if it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.then(
    value => ({ value }),
    (reason: unknown) => ({ reason }),
  )
  if ('reason' in value) return value.reason
  throw new Error(`expected a rejection, got ${JSON.stringify(value.value)}`)
}
