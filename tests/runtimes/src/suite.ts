import { aksk, type Clock, isApiError, isAuthError, isJobscopeError, isNetworkError, token } from '@jobscope/core'
import { exactJson } from '@jobscope/core/internal'
import { access, canonicalRequest, sha256, sign } from '@jobscope/core/sign'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
// @boundaries-ignore the test vectors are not part of the published package
import { vectors } from '../../../packages/core/test/vectors.ts'

/**
 * The tests by name. They use no test framework, so they run in every runtime that the clients support.
 *
 * @param origin URL of the server in `report-server.ts`, for the tests that need real HTTP
 */
export function createSuite(origin: string): { readonly [name: string]: () => Promise<void> } {
  return {
    ...Object.fromEntries(vectors.map(vector => [`signs ${vector.name}`, () => checkSignature(vector)])),
    'calls an operation and reads the response': async () => {
      const { dli, seen } = createFake(json({ id: 'b', state: 'starting' }))
      equal(await dli.getBatch({ batch_id: 'b' }), { id: 'b', state: 'starting' })
      equal(seen, ['GET https://svc.test/v2.0/p/batches/b'])
    },
    'retries a GET after transient errors': async () => {
      const limited = json({}, 429, { 'retry-after': '17' })
      const { dli, seen, clock } = createFake(json({}, 503), new TypeError('fetch failed'), limited, json({ id: 'b' }))
      equal(await dli.getBatch({ batch_id: 'b' }), { id: 'b' })
      equal([seen.length, clock.now() >= 17_000], [4, true])
    },
    'does not retry a POST whose response was lost': async () => {
      const { dli, seen } = createFake(new TypeError('fetch failed'))
      const error = await rejection(dli.createBatch({ body: { file: 'app.jar', className: 'Main' } }))
      equal([isNetworkError(error) && error.mayHaveHappened, seen.length], [true, 1])
    },
    'stops an attempt that hangs, and stops the call when its timeout is reached': async () => {
      const { dli, clock } = createFake('hang', 'hang', 'hang', 'hang')
      const error = await rejection(dli.getBatch({ batch_id: 'b' }, { timeout: '40s' }))
      equal([isJobscopeError(error), (error as Error).name], [true, 'TimeoutError'])
      equal(clock.now() <= 40_001, true)
    },
    'rejects at once with the reason of the abort': async () => {
      const controller = new AbortController()
      const { dli } = createFake(() => {
        controller.abort('reason')
        return new Promise(() => {})
      })
      equal(await rejection(dli.getBatch({ batch_id: 'b' }, { signal: controller.signal })), 'reason')
    },
    'paginates a list and returns each item once': async () => {
      const page = (...ids: string[]) => json({ from: 0, total: 3, sessions: ids.map(id => ({ id })) })
      const { dli } = createFake(page('a', 'b'), page('b', 'c'), page())
      const ids: unknown[] = []
      for await (const { id } of dli.listBatches.all({ size: 2 })) ids.push(id)
      equal(ids, ['a', 'b', 'c'])
    },
    'polls a job until it succeeds': async () => {
      const { dli, seen } = createFake(...['starting', 'running', 'success'].map(state => json({ id: 'b', state })))
      const done = await dli.waitForBatch({ batch_id: 'b' })
      equal([done.state, seen.length], ['success', 3])
    },
    'throws a specific error for each kind of failure': async () => {
      const missing = createFake(json({ error_code: 'DLI.0023', error_msg: 'no such batch' }, 404))
      const error = await rejection(missing.dli.getBatch({ batch_id: 'b' }))
      if (!isApiError(error)) throw error
      equal([error.status, error.code, error.kind], [404, 'DLI.0023', 'not-found'])
      const page = createFake(new Response('<html>', { status: 200 }))
      equal(((await rejection(page.dli.getBatch({ batch_id: 'b' }, { retry: false }))) as Error).name, 'ResponseError')
      const failed = await rejection(createFake(json({ is_success: false, message: 'no queue' })).dli.listSqlJobs())
      equal(isApiError(failed) && failed.status, 200)
    },
    'preserves integers above 2^53': async () => {
      const { cs } = createFake(new Response('{"job":{"job_id":9007199254740993}}', { status: 200 }))
      equal(JSON.stringify(await cs.getJob({ job_id: 1 })).includes('9007199254740993'), true)
      equal(exactJson.stringify({ id: 9007199254740993n }), '{"id":9007199254740993}')
    },
    'sends a form with its files': async () => {
      let text = ''
      let type = ''
      const { cs } = createFake(async (_, init) => {
        const headers = new Headers(init?.headers)
        type = headers.get('content-type') ?? ''
        text = await new Response(init?.body ?? null).text()
        return json({ payload: { job_id: 1 } })
      })
      const file = new Blob(['bytes of a jar'])
      await (cs.createJarJob as (args: object) => Promise<unknown>)({ body: { name: 'é', tags: ['a', 'b'], file } })
      const [, boundary = ''] = type.match(/^multipart\/form-data; *boundary=(.+)$/) ?? []
      equal(boundary.length > 0 && text.includes(boundary), true)
      equal(
        ['name="name"', 'é', 'name="file"', 'bytes of a jar'].filter(part => !text.includes(part)),
        [],
      )
    },
    'sends requests with valid signatures over HTTP': async () => {
      const { state } = await createHttpClient(origin).getBatch({ batch_id: 'b (1)' })
      equal(state, 'running')
      const sql_pattern = `select * from "t~1" where a+b>0 and c='é 张三 😀' -- (1)!`
      const { jobs } = await createHttpClient(origin).listSqlJobs({ sql_pattern, queue_name: '' })
      equal(jobs[0]?.statement, sql_pattern)
    },
    'sends a signed form over HTTP': async () => {
      const jar = new File(['\u0000\r\n--é'], 'a.jar')
      const cs = createCsClient(clientOptions(origin))
      const reply = await (cs.createJarJob as (args: object) => Promise<unknown>)({ body: { name: 'é 😀', jar } })
      equal(reply, { name: 'é 😀', jar: ['a.jar', '\u0000\r\n--é'], payload: { job_id: 1 } })
    },
    'throws an AuthError for a wrong secret key over HTTP': async () => {
      const error = await rejection(createHttpClient(origin, 'another').getBatch({ batch_id: 'b' }))
      equal(isAuthError(error) && error.status, 401)
    },
    'retries over HTTP after a broken connection': async () => {
      equal((await createHttpClient(origin).getBatch({ batch_id: 'breaks' })).id, 'breaks')
    },
    'rejects a redirect over HTTP': async () => {
      const error = await rejection(createHttpClient(origin).getBatch({ batch_id: 'moved' }))
      equal(/Redirects are not followed/.test((error as Error).message), true)
    },
    'aborts a call over HTTP': async () => {
      const controller = new AbortController()
      // If the client did not clear a timer, this timer would keep the process alive for an hour, and the test would time out.
      const client = createDliClient({ ...clientOptions(origin), timeout: '1h', attemptTimeout: '1h' })
      const call = rejection(client.getBatch({ batch_id: 'stalls' }, { signal: controller.signal }))
      // This request completes when the call has reached the server.
      await (await fetch(`${origin}/stalled`)).text()
      controller.abort('reason')
      equal(await call, 'reason')
    },
  }
}

/** Runs the suite. Returns the name of the runtime, the tests that passed, and the tests that failed with their errors. */
export async function runSuite(origin: string): Promise<{ runtime: string; passed: string[]; failed: string[] }> {
  const passed: string[] = []
  const failed: string[] = []
  for (const [name, run] of Object.entries(createSuite(origin))) {
    try {
      await run()
      passed.push(name)
    } catch (error) {
      failed.push(`${name}: ${error}`)
    }
  }
  return { runtime: navigator.userAgent, passed, failed }
}

async function checkSignature(vector: (typeof vectors)[number]): Promise<void> {
  const { key, method, url, headers, body, canonical, signed, signature } = vector
  const request = { method, url, headers: new Headers(headers), body: new TextEncoder().encode(body ?? '') }
  if (canonical) equal(await sha256(await canonicalRequest(request)), canonical)
  equal(
    await sign(request, access(key.accessKey, key.secretKey)),
    `SDK-HMAC-SHA256 Access=${key.accessKey}, SignedHeaders=${signed}, Signature=${signature}`,
  )
}

type Outcome = Response | Error | 'hang' | ((input: unknown, init?: RequestInit) => Promise<Response>)

/** Creates clients whose clock jumps over sleeps. Each attempt of the clients has the next outcome in `outcomes`. */
function createFake(...outcomes: Outcome[]) {
  const seen: string[] = []
  const clock = createJumpingClock()
  const options = {
    endpoint: 'https://svc.test',
    projectId: 'p',
    credentials: token('t'),
    clock,
    fetch: async (input: unknown, init?: RequestInit) => {
      seen.push(`${init?.method} ${input}`)
      const outcome = outcomes.shift()
      if (outcome === undefined) throw new Error('Unexpected attempt: no outcome is left')
      if (outcome instanceof Error) throw outcome
      if (outcome === 'hang') return new Promise<Response>(() => {})
      return typeof outcome === 'function' ? outcome(input, init) : outcome
    },
  }
  return { dli: createDliClient(options), cs: createCsClient(options), seen, clock }
}

const clientOptions = (endpoint: string, secretKey = 'exampleSk+012') => ({
  endpoint,
  projectId: 'p',
  credentials: aksk({ accessKey: 'EXAMPLEAK0000000TEST', secretKey }),
})

const createHttpClient = (origin: string, secretKey?: string) => createDliClient(clientOptions(origin, secretKey))

/** A clock that stands still while other work is pending, and then jumps to the end of the shortest sleep. */
function createJumpingClock(): Clock {
  let time = 0
  const sleeping = new Map<() => void, number>()
  const jump = () => {
    const [next] = [...sleeping].sort(([, a], [, b]) => a - b)
    if (!next) return
    const [wake, due] = next
    time = Math.max(time, due)
    sleeping.delete(wake)
    wake()
    soon()
  }
  // The jump waits for several turns of the event loop, so that pending responses are handled first.
  const soon = (turns = 5) => setTimeout(() => (turns > 0 ? soon(turns - 1) : jump()), 0)
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const wake = () => resolve()
        sleeping.set(wake, time + ms)
        signal?.addEventListener('abort', () => {
          sleeping.delete(wake)
          reject(signal.reason)
        })
        soon()
      }),
  }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

function equal(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (one !== other) throw new Error(`Expected ${other}, got ${one}`)
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('Expected a rejection')
}
