import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isApiError, isArgumentError } from '@jobscope/core'
import { describeError } from '../failure.ts'
import { toPortError } from '../port-error.ts'
import type { JobActions } from './job-actions.ts'
import type { JobBoard } from './job-board.ts'
import { createPageAccess } from './page-access.ts'
import type { SendFile } from './page-files.ts'
import type { PageEvents, PageHistory } from './protocol.ts'

export interface PageServerOptions {
  readonly port: number
  readonly board: JobBoard
  readonly actions: JobActions
  readonly sendFile: SendFile
  readonly hello: Omit<PageEvents['hello'], 'now' | 'hasHistory'>
  /** Reads the history of the last days. Absent without the database of a watcher. */
  readonly readHistory?: ((days: number) => Promise<PageHistory>) | undefined
  /** Called after a browser has opened the link. From then on, the link gives no other browser access. */
  readonly onAdmission?: () => void
}

export interface PageServer {
  readonly port: number
  /** The link that gives one browser access to the page. */
  readonly link: () => string
  close(): Promise<void>
}

/** The page loads everything from this server, and no other page may show it in a frame. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The interval, in ms, at which a comment is sent to open streams. The server detects lost connections only when it writes. */
const heartbeatInterval = 15_000
/** A new stream begins with events that contain all jobs. Each of these events contains at most this number of jobs. */
const jobsPerEvent = 1000
/**
 * Maximum number of bytes of a stream that wait for the browser to read them. If there are more, the server closes the stream. The
 * browser then connects again and gets the current jobs.
 */
const maxBacklog = 16_000_000

const maxHistoryDays = 365

/**
 * Serves the page on the loopback interface.
 *
 * @throws UsageError if the port is in use, or if the user is not allowed to open it
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { board, actions, sendFile, hello, readHistory, onAdmission } = options
  const server = createServer((request, response) => {
    handle(request, response).catch(error => sendError(response, error))
  })
  server.listen(options.port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw toPortError(error, options.port)
  }
  const { port } = server.address() as AddressInfo
  const access = createPageAccess(port)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const decision = access.check(request)
    if (decision.type === 'refused') return sendText(response, decision.status, decision.message)
    if (decision.type !== 'allowed') {
      if (decision.type === 'admitted') response.setHeader('set-cookie', decision.cookie)
      response.writeHead(303, { location: decision.location, 'cache-control': 'no-store' }).end()
      if (decision.type === 'admitted') onAdmission?.()
      return
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'GET' && sendFile(request, response, pathname)) return
    if (request.method === 'GET' && pathname === '/api/events') return streamEvents(response)
    if (request.method === 'GET' && pathname === '/api/history' && readHistory) {
      const days = Number(searchParams.get('days'))
      if (!(days >= 1 && days <= maxHistoryDays)) return sendText(response, 400, `days must be 1 to ${maxHistoryDays}.`)
      return sendJson(response, await readHistory(days))
    }
    // The slashes of a reference are escaped, so the reference is one part of the path.
    const [, encodedRef, action = ''] = /^\/api\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(pathname) ?? []
    const route = `${request.method} ${action}`
    if (encodedRef === undefined) return sendText(response, 404, `There is no ${pathname}.`)
    const ref = decodeURIComponent(encodedRef)
    if (route === 'GET ') return sendJson(response, await actions.read(ref, createCloseSignal(response)))
    if (route === 'GET logs') return streamLogs(ref, searchParams.has('follow'), response)
    if (route === 'POST cancel') {
      await actions.cancel(ref)
      return sendJson(response, {})
    }
    if (route === 'POST retry') return sendJson(response, { ref: await actions.retry(ref) })
    sendText(response, 404, `There is no ${request.method} ${pathname}.`)
  }

  /** Sends all jobs, and then all changes. */
  function streamEvents(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const send = <Name extends keyof PageEvents>(name: Name, data: PageEvents[Name]) => {
      response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      if (response.writableLength > maxBacklog) response.destroy()
    }
    send('hello', { ...hello, now: Date.now(), hasHistory: readHistory !== undefined })
    const unsubscribe = board.subscribe(({ jobs, removed, statuses }) => {
      if (jobs.length > 0) send('jobs', jobs)
      if (removed.length > 0) send('removed', removed)
      if (statuses) send('statuses', statuses)
    })
    const jobs = board.jobs()
    for (let index = 0; index < jobs.length; index += jobsPerEvent)
      send('jobs', jobs.slice(index, index + jobsPerEvent))
    send('statuses', board.statuses())
    const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatInterval)
    response.on('close', () => {
      unsubscribe()
      clearInterval(heartbeat)
    })
  }

  /** Sends the lines of a log, one JSON object per line. */
  async function streamLogs(ref: string, follow: boolean, response: ServerResponse): Promise<void> {
    const signal = createCloseSignal(response)
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
    response.flushHeaders()
    try {
      for await (const message of actions.logs(ref, follow, signal)) {
        if (!response.write(`${JSON.stringify(message)}\n`)) await once(response, 'drain', { signal })
      }
    } catch (error) {
      if (signal.aborted) return
      response.write(`${JSON.stringify({ error: describeError(error) })}\n`)
    }
    response.end()
  }

  return {
    port,
    link: () => `http://127.0.0.1:${port}${access.admissionPath()}`,
    async close() {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}

/** A signal that aborts when the browser closes the connection. */
function createCloseSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => controller.abort())
  return controller.signal
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const isNotFound = isApiError(error) && error.kind === 'not-found'
  const isInvalid = isArgumentError(error) || error instanceof URIError
  sendText(response, isNotFound ? 404 : isInvalid ? 400 : 502, describeError(error))
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function sendText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${message}\n`)
}
