import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { access, sign } from '@jobscope/core/sign'

export interface Loopback {
  readonly origin: string
  /** What the suite in another runtime reports, once it has run. */
  reported(): Promise<unknown>
  close(): Promise<void>
}

/** The other end of the suite: real HTTP on loopback, for pages of any origin too. */
export async function loopback(): Promise<Loopback> {
  const report = promised<unknown>()
  const stalled = promised<void>()
  let broken = false

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    if (url.endsWith('/breaks') && !broken) {
      broken = true
      return void response.destroy()
    }
    if (!/^.v\d/.test(url)) return void response.writeHead(200, { 'Content-Type': 'text/html' }).end()
    if (!(await holds(request, body))) return send(401, { error_code: 'APIG.0301' })
    if (method === 'POST') return send(200, await parts(request, body))
    const pattern = new URL(url, 'http://any').searchParams.get('sql_pattern')
    if (pattern) return send(200, { is_success: true, job_count: 1, jobs: [{ statement: pattern }] })
    send(200, { id: url.split('/').at(-1), state: 'running' })
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reported: () => report.promise,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Whether the signature of a request is right, as it arrived. */
async function holds({ method = '', url, headers }: IncomingMessage, body: Uint8Array): Promise<boolean> {
  const { authorization = '' } = headers
  const names = authorization.match(/SignedHeaders=([^,]+)/)?.[1]?.split(';') ?? []
  const signed = new Headers(names.map(name => [name, `${headers[name]}`]))
  const request = { method, url: `http://${headers.host}${url}`, headers: signed, body }
  return authorization === (await sign(request, access('EXAMPLEAK0000000TEST', 'exampleSk+012')))
}

/** The parts of a form by name: their text, of a file its name and text. */
async function parts({ headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<object> {
  const form = await new Response(body, { headers: { 'Content-Type': `${headers['content-type']}` } }).formData()
  const read = [...form].map(async ([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, [value.name, await value.text()]],
  )
  return Object.fromEntries(await Promise.all(read))
}

/** A promise that is resolved from outside. */
function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(given => {
    resolve = given
  })
  return { promise, resolve }
}
