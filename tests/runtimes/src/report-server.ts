import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { access, sign } from '@jobscope/core/sign'

export interface ReportServer {
  readonly origin: string
  /** Waits until the suite has run in the other runtime. Resolves to the report of the suite. */
  receiveReport(): Promise<unknown>
  close(): Promise<void>
}

/** Starts the HTTP server that the suite calls, on loopback. It allows requests from pages of any origin. */
export async function startReportServer(): Promise<ReportServer> {
  const report = withResolvers<unknown>()
  const stalled = withResolvers<void>()
  let hasBroken = false

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    const { method = '', url = '' } = request
    const send = (status: number, value: unknown) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    if (method === 'OPTIONS') return send(200, {})
    if (url === '/report') {
      report.resolve(JSON.parse(body.toString()))
      return send(200, {})
    }
    if (url === '/stalled') return stalled.promise.then(() => send(200, {}))
    if (url.endsWith('/stalls')) return stalled.resolve()
    if (url.endsWith('/moved')) return void response.writeHead(302, { Location: '/elsewhere' }).end()
    if (url.endsWith('/breaks') && !hasBroken) {
      hasBroken = true
      return void response.destroy()
    }
    if (!/^.v\d/.test(url)) return void response.writeHead(200, { 'Content-Type': 'text/html' }).end()
    if (!(await hasValidSignature(request, body))) return send(401, { error_code: 'APIG.0301' })
    if (method === 'POST') return send(200, { ...(await readForm(request, body)), payload: { job_id: 1 } })
    const pattern = new URL(url, 'http://localhost').searchParams.get('sql_pattern')
    if (pattern) return send(200, { is_success: true, job_count: 1, jobs: [{ statement: pattern }] })
    send(200, { id: url.split('/').at(-1), state: 'running' })
  }

  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    receiveReport: () => report.promise,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Returns true if the signature matches the received request. */
async function hasValidSignature({ method = '', url, headers }: IncomingMessage, body: Uint8Array): Promise<boolean> {
  const { authorization = '' } = headers
  const names = authorization.match(/SignedHeaders=([^,]+)/)?.[1]?.split(';') ?? []
  const signed = new Headers(names.map(name => [name, `${headers[name]}`]))
  const request = { method, url: `http://${headers.host}${url}`, headers: signed, body }
  return authorization === (await sign(request, access('EXAMPLEAK0000000TEST', 'exampleSk+012')))
}

/** Reads the fields of a form: the text of each field, and name and text of each file. */
async function readForm({ headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<object> {
  const form = await new Response(body, { headers: { 'Content-Type': `${headers['content-type']}` } }).formData()
  const read = [...form].map(async ([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, [value.name, await value.text()]],
  )
  return Object.fromEntries(await Promise.all(read))
}

/** `Promise.withResolvers`, which the `lib` of this workspace does not have yet. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(resolvePromise => {
    resolve = resolvePromise
  })
  return { promise, resolve }
}
