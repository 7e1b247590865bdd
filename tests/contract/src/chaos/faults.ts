import { pick } from './random.ts'

/** The actions of a fault in response to one request: it can write any bytes, and can close, reset or keep the connection. */
export interface FaultContext {
  /** The body of the correct response. */
  readonly body: Buffer
  readonly random: () => number
  write(data: string | Buffer): void
  /** Closes the connection after all data is sent. */
  end(): void
  /** Resets the connection. Data that is not sent yet may be lost. */
  reset(): void
  /** Sends nothing more, and keeps the connection open. */
  stall(): void
  /** Calls `then` after a delay in virtual milliseconds. */
  delay(ms: number, then: () => void): void
  /** Sends the correct response. */
  respond(): void
  /** Makes the current token invalid. */
  expireTokens(): void
  /** A URL of another origin, for redirects. */
  readonly redirectUrl: string
}

export interface Fault {
  /** Whether the server processes the request before the fault. If true, every wrong retry creates a second job. */
  readonly mayHaveHappened: boolean
  apply(context: FaultContext): void
}

const crlf = '\r\n'
const head = (status: string, headers: readonly string[]) => [`HTTP/1.1 ${status}`, ...headers, '', ''].join(crlf)
const json = 'Content-Type: application/json'
const contentLength = (body: Buffer, difference = 0) => `Content-Length: ${body.length + difference}`
const takeHalf = (body: Buffer) => body.subarray(0, Math.ceil(body.length / 2))

/** Sends a complete response with another status. */
function respondWith(status: string, body: string, headers: readonly string[] = [json]): Fault['apply'] {
  return ({ write }) => write(`${head(status, [...headers, `Content-Length: ${Buffer.byteLength(body)}`])}${body}`)
}

const throttled = '{"error_code":"APIG.0308","error_msg":"The throttling threshold has been reached"}'
const html = '<!doctype html><html><body>Please sign in to this network</body></html>'
const afterProcessing = (apply: Fault['apply']): Fault => ({ mayHaveHappened: true, apply })
const beforeProcessing = (apply: Fault['apply']): Fault => ({ mayHaveHappened: false, apply })
/** Creates a random `Retry-After` header. Its value is a few seconds, a date, a day (longer than any timeout), or invalid. */
const createRetryAfter = (random: () => number) =>
  `Retry-After: ${pick(random, ['0', '2', '7', new Date(Date.now() + 3000).toUTCString(), '86400', 'soon', '-1'])}`

/** All faults by name. */
export const faults: { readonly [name: string]: Fault } = {
  'reset before the headers': afterProcessing(({ reset }) => reset()),
  'closed before the headers': afterProcessing(({ end }) => end()),
  'reset in the headers': afterProcessing(({ write, reset }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    reset()
  }),
  'closed in the headers': afterProcessing(({ write, end }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    end()
  }),
  'reset after the headers': afterProcessing(({ body, write, reset }) => {
    write(head('200 OK', [json, contentLength(body)]))
    reset()
  }),
  'reset in the body': afterProcessing(({ body, write, reset }) => {
    write(head('200 OK', [json, contentLength(body)]))
    write(takeHalf(body))
    reset()
  }),
  'reset after the body': afterProcessing(({ respond, reset }) => {
    respond()
    reset()
  }),
  'a truncated body': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, contentLength(body)]))
    write(takeHalf(body))
    end()
  }),
  'a truncated chunked body': afterProcessing(({ body, write, end }) => {
    const part = takeHalf(body)
    write(`${head('200 OK', [json, 'Transfer-Encoding: chunked'])}${part.length.toString(16)}${crlf}`)
    write(part)
    write(crlf)
    end()
  }),
  'a truncated body without a length': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, 'Connection: close']))
    write(takeHalf(body))
    end()
  }),
  'no response': afterProcessing(({ stall }) => stall()),
  'stalled headers': afterProcessing(({ write, stall }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    stall()
  }),
  'a stalled body': afterProcessing(({ body, write, stall }) => {
    write(head('200 OK', [json, contentLength(body)]))
    write(takeHalf(body))
    stall()
  }),
  'a length that is too large': afterProcessing(({ body, write, stall }) => {
    write(head('200 OK', [json, contentLength(body, 10)]))
    write(body)
    stall()
  }),
  'a length that is too small': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, contentLength(body, -Math.floor(body.length / 2))]))
    write(body)
    end()
  }),
  'a length of zero': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, 'Content-Length: 0']))
    write(body)
    end()
  }),
  'a length that is not a number': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, 'Content-Length: many']))
    write(body)
    end()
  }),
  'two lengths': afterProcessing(({ body, write, end }) => {
    write(head('200 OK', [json, contentLength(body), contentLength(body, 1)]))
    write(body)
    end()
  }),
  'two responses': afterProcessing(({ body, write, end }) => {
    const other = '{"id":"of another call"}'
    const first = Buffer.concat([Buffer.from(head('200 OK', [json, contentLength(body)])), body])
    write(Buffer.concat([first, Buffer.from(`${head('200 OK', [json, `Content-Length: ${other.length}`])}${other}`)]))
    end()
  }),
  'slow headers': afterProcessing(({ random, delay, respond }) => delay(random() * 45_000, respond)),
  'early hints': afterProcessing(({ write, respond }) => {
    write(head('103 Early Hints', ['Link: </style.css>']))
    respond()
  }),
  'bytes that are not HTTP': afterProcessing(({ random, write, end }) => {
    write(Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256))))
    end()
  }),
  'an HTML page with 200': afterProcessing(respondWith('200 OK', html, ['Content-Type: text/html'])),
  'an HTML page with 502': afterProcessing(respondWith('502 Bad Gateway', html, ['Content-Type: text/html'])),
  'an internal error': afterProcessing(
    respondWith('500 Internal Server Error', '{"error":{"code":500,"message":"oops"}}'),
  ),
  'an error without a body': afterProcessing(respondWith('504 Gateway Timeout', '')),
  'an error with a truncated body': afterProcessing(respondWith('500 Internal Server Error', '{"error_code":"DLI.09')),
  'a request timeout': afterProcessing(respondWith('408 Request Timeout', '{}')),
  throttled: beforeProcessing(respondWith('429 Too Many Requests', throttled)),
  'throttled with Retry-After': beforeProcessing(({ random, ...rest }) =>
    respondWith('429 Too Many Requests', throttled, [json, createRetryAfter(random)])({ random, ...rest }),
  ),
  unavailable: afterProcessing(respondWith('503 Service Unavailable', '')),
  'unavailable with Retry-After': afterProcessing(({ random, ...rest }) =>
    respondWith('503 Service Unavailable', '', [createRetryAfter(random)])({ random, ...rest }),
  ),
  'a redirect': beforeProcessing(({ redirectUrl, random, write }) =>
    write(
      head(pick(random, ['302 Found', '307 Temporary Redirect']), [`Location: ${redirectUrl}`, 'Content-Length: 0']),
    ),
  ),
  'an expired token': beforeProcessing(expireToken),
}

function expireToken(context: FaultContext): void {
  context.expireTokens()
  respondUnauthorized(context)
}

/** The response of the gateway to an expired token. */
export const respondUnauthorized: Fault['apply'] = respondWith(
  '401 Unauthorized',
  '{"error_code":"APIG.0307","error_msg":"The token must be updated"}',
)

/** The faults of an overloaded service. */
export const overloadFaults = [
  'throttled',
  'throttled with Retry-After',
  'unavailable',
  'unavailable with Retry-After',
] as const
