import type { IncomingMessage } from 'node:http'
import { HeaderMap } from '../header-map.ts'
import { parseUrl } from '../parse-url.node.ts'
import { createBodyCollector } from './body-collector.ts'
import { connectTimeout } from './connect-timeout.ts'
import { type BodyLimits, decodeBody } from './decode-body.ts'
import { listHeaders } from './list-headers.ts'
import type { Sender, SenderRequest, SenderResponse, SenderResponseHead, SendFailure } from './sender.ts'

/** Methods whose requests have a `Content-Length` even if the body is empty. */
const methodsWithBody = ['POST', 'PUT', 'PATCH']

/**
 * Sends by `node:http` and `node:https` over the connections of their global agents. A call takes half as long as with Node's `fetch`, and
 * the first calls of a process take only a quarter as long. Unlike `fetch`, this sender reports whether any part of the request was sent.
 */
export const sendByNodeHttp: Sender = (request, control) =>
  new Promise<SenderResponse | SendFailure>(resolve => {
    const { protocol, host, hostname, port, pathname, search } = parseUrl(request.url)
    const isSecure = protocol === 'https:'
    const outgoing = getHttp(isSecure ? 'node:https' : 'node:http').request({
      // An IPv6 address has brackets in a URL, but not as `hostname`.
      hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
      port,
      path: pathname + search,
      method: request.method,
      headers: buildHeaders(request, host),
    })
    let isConnected = false
    let cancelConnectTimer = () => {}
    const settle = (outcome: SenderResponse | SendFailure) => {
      cancelConnectTimer()
      resolve(outcome)
    }
    /** Set when the head has arrived. A connection that breaks afterwards can also cause an error of the request. */
    let head: SenderResponseHead | undefined
    const fail = (cause: NodeJS.ErrnoException) =>
      settle({ cause, code: cause.code, mayHaveHappened: isConnected, head })

    outgoing.on('socket', socket => {
      isConnected = !socket.connecting
      if (isConnected) return
      cancelConnectTimer = control.schedule(connectTimeout, () => {
        outgoing.destroy(Object.assign(new Error(`No connection within ${connectTimeout} ms`), { code: 'ETIMEDOUT' }))
      })
      // No part of the request is sent before this event. Until then, the server cannot have received the request.
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isConnected = true
        cancelConnectTimer()
      })
    })
    outgoing.on('response', incoming => {
      const received = readHead(incoming)
      head = received
      control.onHead?.(received)
      const encoding = received.headers.get('content-encoding')
      readBody(incoming, { encoding, maxBytes: request.maxResponseBytes }).then(
        text => settle({ ...received, text }),
        fail,
      )
    })
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy()
      settle({ ...readHead(incoming), text: '' })
    })
    outgoing.on('error', fail)
    control.onAbort = () => outgoing.destroy()
    // An empty body is not passed, because it would cause a second write to the socket.
    outgoing.end(request.body.length > 0 ? request.body : undefined)
  }).catch((cause: NodeJS.ErrnoException) => {
    // Node.js refuses to send the request, for example because of a header that the credentials added.
    return { cause, code: cause.code, mayHaveHappened: false, isTransient: false }
  })

const loadedModules: { [name in HttpModule]?: typeof import('node:http') | typeof import('node:https') } = {}

type HttpModule = 'node:http' | 'node:https'

/**
 * Returns a module of Node.js without an `import`, because an `import` of node:http would read all exports of the module, and reading all
 * of them loads `fetch`. `getBuiltinModule` reads only most of the exports. It reads them on each call, so its result is kept.
 */
function getHttp(name: HttpModule): Pick<typeof import('node:http'), 'request'> {
  loadedModules[name] ??= process.getBuiltinModule(name)
  return loadedModules[name]
}

/**
 * Returns a list in which each name is followed by its value. Node.js sends such a list unchanged. If the headers were an object, Node.js
 * would copy each header and add other headers.
 */
function buildHeaders({ method, headers, body }: SenderRequest, host: string): string[] {
  const list = listHeaders(headers)
  list.push('Host', host)
  if (body.length > 0 || methodsWithBody.includes(method)) list.push('Content-Length', `${body.length}`)
  return list
}

/**
 * Reads status and headers. If a header is repeated, the last value is used, except that all content codings are kept. Reading the parsed `headers` of Node.js would take longer.
 */
function readHead({ statusCode = 0, rawHeaders }: IncomingMessage): SenderResponseHead {
  const headers = new HeaderMap()
  for (let index = 1; index < rawHeaders.length; index += 2) {
    const name = `${rawHeaders[index - 1]}`
    const isRepeatedCoding = name.toLowerCase() === 'content-encoding' && headers.has(name)
    headers.set(name, isRepeatedCoding ? `${headers.get(name)}, ${rawHeaders[index]}` : `${rawHeaders[index]}`)
  }
  return { status: statusCode, headers }
}

/** Reads a body to its end. Rejects if it is cut off, cannot be decoded, or has more than `maxBytes`. */
const readBody = (incoming: IncomingMessage, format: BodyLimits): Promise<string> =>
  new Promise((resolve, reject) => {
    const collector = createBodyCollector(format.maxBytes)
    incoming
      .on('data', (chunk: Buffer<ArrayBuffer>) => {
        try {
          collector.add(chunk)
        } catch (error) {
          reject(error)
          incoming.destroy()
        }
      })
      .on('error', reject)
      .on('end', () => decodeBody(collector.join(), format).then(resolve, reject))
  })
