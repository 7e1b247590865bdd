import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeMessage } from '../traffic/decode-body.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { authorizeRequest } from './authorize-request.ts'
import { connectionHeaders } from './connection-headers.ts'
import { ProxyProblem } from './proxy-problem.ts'
import { type ProxyResponse, type SendRequest, sendByHttp } from './send-by-http.ts'
import type { AccessKey, ReceivedRequest } from './verify-signature.ts'

export interface RecordingProxyOptions {
  /** Base URLs of the real services, by name. */
  readonly targets: { readonly [service: string]: string }
  /** Called with each exchange. If this function stores an exchange, it must redact the exchange first. */
  readonly onExchange: (exchange: Exchange) => void
  /** Called with the error if `onExchange` throws. The caller receives the response anyway. @default console.warn with the message */
  readonly onRecordingError?: ((error: unknown) => void) | undefined
  /** The user's access key, for callers that sign their requests. Without this key, the proxy rejects signed requests. */
  readonly accessKey?: AccessKey | undefined
  /** @default 0: a free port */
  readonly port?: number | undefined
  /** Sends the requests. @default with `node:http` and `node:https` */
  readonly send?: SendRequest | undefined
  /** Returns the time in epoch milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** A running proxy. */
export interface RecordingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:4020` */
  readonly origin: string
  /** Returns the endpoint that the client of a service must use: `http://127.0.0.1:4020/dli`. */
  url(service: string): string
  /**
   * Stops the proxy. By default, cancels all open requests immediately.
   *
   * @param options.signal if set, open requests can continue until this signal aborts, and are canceled then
   * @returns the number of canceled requests
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<number>
}

/** The maximum size of a request body, in bytes. The limit of the gateway for signed requests is lower: 12 MiB. */
const maxBodyLength = 16_777_216

/**
 * Starts a reverse proxy on this machine. The proxy passes requests on to the real services, and returns their responses. A program
 * uses the proxy if its endpoint is `http://127.0.0.1:<port>/<service>`.
 *
 * - Requests with a token are passed on unchanged.
 * - A signature covers the host, so the proxy must sign a signed request again for the host of the real service. It does this with
 *   `accessKey`, and only if the caller signed the request with the same key. It rejects requests with other signatures.
 * - The proxy rejects requests without credentials, except requests for a token.
 *
 * @throws the error of the system if the port cannot be opened
 */
export async function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  const { targets, port = 0 } = options
  const openReplies = new Set<ServerResponse>()
  const events = new EventEmitter()
  const server = createServer({ requestTimeout: 60_000 }, (message, reply) => {
    openReplies.add(reply)
    reply.once('close', () => {
      openReplies.delete(reply)
      if (openReplies.size === 0) events.emit('idle')
    })
    handleRequest(message, reply, options).catch((error: unknown) => {
      if (reply.headersSent) reply.destroy()
      else sendProblem(reply, error instanceof ProxyProblem ? error : new ProxyProblem(502, (error as Error).message))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async (signal = AbortSignal.abort()): Promise<number> => {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeIdleConnections()
    // If `signal` aborts the wait, the error is ignored, and the remaining requests are canceled.
    if (openReplies.size > 0) await once(events, 'idle', { signal }).catch(() => undefined)
    const canceledCount = openReplies.size
    server.closeAllConnections()
    await closed
    return canceledCount
  }
  return {
    origin,
    url(service) {
      if (targets[service] !== undefined) return `${origin}/${service}`
      throw new Error(`The proxy has no target for "${service}". Its targets: ${Object.keys(targets).join(', ')}.`)
    },
    close: ({ signal } = {}) => close(signal),
    async [Symbol.asyncDispose]() {
      await close()
    },
  }
}

function sendProblem(reply: ServerResponse, { status, message }: ProxyProblem): void {
  const body = JSON.stringify({ error_code: 'JOBSCOPE.RECORD', error_msg: `jobscope record: ${message}` })
  reply.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

async function handleRequest(
  message: IncomingMessage,
  reply: ServerResponse,
  options: RecordingProxyOptions,
): Promise<void> {
  const { targets, accessKey, send = sendByHttp, now = Date.now } = options
  const startedAt = new Date(now()).toISOString()
  checkCaller(message)
  const { target, path } = findTarget(message.url ?? '/', targets)
  const body = await readBody(message)
  const received: ReceivedRequest = {
    method: message.method ?? 'GET',
    url: `http://${message.headers.host}${message.url}`,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body,
  }
  const url = `${target.replace(/\/+$/, '')}${path}`
  const headers = await authorizeRequest(received, url, accessKey, now())
  const response = await send({ method: received.method, url, headers, body, signal: watchCaller(reply) })
  const { authorization, ...sentHeaders } = received.headers
  passOn(options, {
    startedAt,
    request: {
      method: received.method,
      url,
      ...decodeMessage(body, { ...sentHeaders, ...(authorization !== undefined && { authorization: 'REDACTED' }) }),
    },
    response: { status: response.status, ...decodeMessage(response.body, toRecord(response)) },
  })
  const hasBody = received.method !== 'HEAD' && response.status !== 304
  for (const [header, value] of response.headers) {
    const name = header.toLowerCase()
    // In a response to HEAD or with the status 304, `content-length` is the length of the body that a GET would return, so it is passed on.
    if (!connectionHeaders.has(name) || (name === 'content-length' && !hasBody)) reply.appendHeader(header, value)
  }
  reply.writeHead(response.status).end(response.body)
}

/** Returns a signal that aborts if the caller closes the connection before the response is complete. */
function watchCaller(reply: ServerResponse): AbortSignal {
  const controller = new AbortController()
  reply.once('close', () => {
    if (!reply.writableFinished) controller.abort()
  })
  if (reply.destroyed) controller.abort()
  return controller.signal
}

/** Passes on an exchange. An error of the recording must not change the response that the caller receives. */
function passOn(
  { onExchange, onRecordingError = error => console.warn(String(error)) }: RecordingProxyOptions,
  exchange: Exchange,
): void {
  try {
    onExchange(exchange)
  } catch (error) {
    onRecordingError(error)
  }
}

/**
 * Rejects requests of web pages. The owner of a web page can make a domain name resolve to this machine (DNS rebinding). So requests are
 * also rejected if their `Host` header contains any other name than `127.0.0.1`, `localhost` or `[::1]`.
 */
function checkCaller({ headers: { host = '', origin } }: IncomingMessage): void {
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host))
    throw new ProxyProblem(403, `The host ${host} is not allowed. Use 127.0.0.1 or localhost.`)
  if (origin !== undefined) throw new ProxyProblem(403, 'Web pages are not allowed to use the recorder.')
}

function findTarget(url: string, targets: RecordingProxyOptions['targets']): { target: string; path: string } {
  const [, name = '', path = ''] = /^\/([^/?]*)(.*)$/.exec(url) ?? []
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined
  if (target !== undefined) return { target, path }
  const names = Object.keys(targets)
  const [only] = Object.values(targets)
  // Some programs accept no endpoint with a path. So if there is only one service, requests without its name are sent to this service.
  if (names.length === 1 && only !== undefined) return { target: only, path: url }
  throw new ProxyProblem(
    404,
    `"${name}" is not a service of this recorder. Begin the path with one of: ${names.join(', ')}.`,
  )
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length > maxBodyLength)
      throw new ProxyProblem(413, `The body is longer than ${maxBodyLength} bytes. Send a shorter body.`)
  }
  return Buffer.concat(chunks)
}

const toRecord = ({ headers }: ProxyResponse): { readonly [name: string]: string } =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
