import { pick } from './random.ts'

/** How a server spoils one answer. It writes what it likes and ends, keeps or resets the connection as it likes. */
export interface Spoiled {
  /** The answer that would be right, without the head. */
  readonly body: Buffer
  readonly random: () => number
  write(data: string | Buffer): void
  /** The connection ends in order, after what was written … */
  end(): void
  /** … or with a reset, that may overtake it. */
  reset(): void
  /** Nothing more will come, and the connection stays. */
  stall(): void
  /** So many virtual ms later. */
  later(ms: number, then: () => void): void
  /** The answer that would be right. */
  answer(): void
  /** Whatever token was good until now is so no longer. */
  expireTokens(): void
  /** Where a redirect leads: to another origin. */
  readonly elsewhere: string
}

export interface Fault {
  /** Whether the server did what was asked for before it failed. It always did, if it may have: so any second try makes a second job. */
  readonly mayHaveHappened: boolean
  spoil(answer: Spoiled): void
}

const crlf = '\r\n'
const head = (status: string, headers: readonly string[]) => [`HTTP/1.1 ${status}`, ...headers, '', ''].join(crlf)
const json = 'Content-Type: application/json'
const lengthOf = (body: Buffer, more = 0) => `Content-Length: ${body.length + more}`
const half = (body: Buffer) => body.subarray(0, Math.ceil(body.length / 2))

/** A whole answer with another status. */
function answered(status: string, body: string, headers: readonly string[] = [json]): Fault['spoil'] {
  return ({ write }) => write(`${head(status, [...headers, `Content-Length: ${Buffer.byteLength(body)}`])}${body}`)
}

const limited = '{"error_code":"APIG.0308","error_msg":"The throttling threshold has been reached"}'
const html = '<!doctype html><html><body>Please sign in to this network</body></html>'
const spoiled = (spoil: Fault['spoil']): Fault => ({ mayHaveHappened: true, spoil })
const refused = (spoil: Fault['spoil']): Fault => ({ mayHaveHappened: false, spoil })
/** `Retry-After` in seconds, as a date, beyond any deadline, and without sense. */
const after = (random: () => number) =>
  `Retry-After: ${pick(random, ['0', '2', '7', new Date(Date.now() + 3000).toUTCString(), '86400', 'soon', '-1'])}`

/** What can go wrong with an answer, by name. */
export const faults: { readonly [name: string]: Fault } = {
  'reset before the headers': spoiled(({ reset }) => reset()),
  'closed before the headers': spoiled(({ end }) => end()),
  'reset in the headers': spoiled(({ write, reset }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    reset()
  }),
  'closed in the headers': spoiled(({ write, end }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    end()
  }),
  'reset after the headers': spoiled(({ body, write, reset }) => {
    write(head('200 OK', [json, lengthOf(body)]))
    reset()
  }),
  'reset in the body': spoiled(({ body, write, reset }) => {
    write(head('200 OK', [json, lengthOf(body)]))
    write(half(body))
    reset()
  }),
  'reset after the body': spoiled(({ answer, reset }) => {
    answer()
    reset()
  }),
  'a body that breaks off': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, lengthOf(body)]))
    write(half(body))
    end()
  }),
  'a chunked body that breaks off': spoiled(({ body, write, end }) => {
    const part = half(body)
    write(`${head('200 OK', [json, 'Transfer-Encoding: chunked'])}${part.length.toString(16)}${crlf}`)
    write(part)
    write(crlf)
    end()
  }),
  'a body without a length that breaks off': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, 'Connection: close']))
    write(half(body))
    end()
  }),
  'no headers': spoiled(({ stall }) => stall()),
  'headers that stall': spoiled(({ write, stall }) => {
    write(`HTTP/1.1 200 OK${crlf}Content-Ty`)
    stall()
  }),
  'a body that stalls': spoiled(({ body, write, stall }) => {
    write(head('200 OK', [json, lengthOf(body)]))
    write(half(body))
    stall()
  }),
  'a length that is too large': spoiled(({ body, write, stall }) => {
    write(head('200 OK', [json, lengthOf(body, 10)]))
    write(body)
    stall()
  }),
  'a length that is too small': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, lengthOf(body, -Math.floor(body.length / 2))]))
    write(body)
    end()
  }),
  'a length of nothing': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, 'Content-Length: 0']))
    write(body)
    end()
  }),
  'a length that is no number': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, 'Content-Length: many']))
    write(body)
    end()
  }),
  'two lengths': spoiled(({ body, write, end }) => {
    write(head('200 OK', [json, lengthOf(body), lengthOf(body, 1)]))
    write(body)
    end()
  }),
  'two answers': spoiled(({ body, write, end }) => {
    const other = '{"id":"of another call"}'
    const first = Buffer.concat([Buffer.from(head('200 OK', [json, lengthOf(body)])), body])
    write(Buffer.concat([first, Buffer.from(`${head('200 OK', [json, `Content-Length: ${other.length}`])}${other}`)]))
    end()
  }),
  'slow headers': spoiled(({ random, later, answer }) => later(random() * 45_000, answer)),
  'early hints': spoiled(({ write, answer }) => {
    write(head('103 Early Hints', ['Link: </style.css>']))
    answer()
  }),
  'no HTTP at all': spoiled(({ random, write, end }) => {
    write(Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256))))
    end()
  }),
  'a page for people': spoiled(answered('200 OK', html, ['Content-Type: text/html'])),
  'a page from the gateway': spoiled(answered('502 Bad Gateway', html, ['Content-Type: text/html'])),
  'an internal error': spoiled(answered('500 Internal Server Error', '{"error":{"code":500,"message":"oops"}}')),
  'an error without a body': spoiled(answered('504 Gateway Timeout', '')),
  'an error with half a body': spoiled(answered('500 Internal Server Error', '{"error_code":"DLI.09')),
  'a timeout of the server': spoiled(answered('408 Request Timeout', '{}')),
  'too many': refused(answered('429 Too Many Requests', limited)),
  'too many, until': refused(({ random, ...rest }) =>
    answered('429 Too Many Requests', limited, [json, after(random)])({ random, ...rest }),
  ),
  'not available': spoiled(answered('503 Service Unavailable', '')),
  'not available, until': spoiled(({ random, ...rest }) =>
    answered('503 Service Unavailable', '', [after(random)])({ random, ...rest }),
  ),
  'a redirect': refused(({ elsewhere, random, write }) =>
    write(head(pick(random, ['302 Found', '307 Temporary Redirect']), [`Location: ${elsewhere}`, 'Content-Length: 0'])),
  ),
  'a token that expires': refused(answerExpired),
}

function answerExpired(spoil: Spoiled): void {
  spoil.expireTokens()
  answerUnauthorized(spoil)
}

/** What the gateway says to a token that is no longer good. */
export const answerUnauthorized: Fault['spoil'] = answered(
  '401 Unauthorized',
  '{"error_code":"APIG.0307","error_msg":"The token must be updated"}',
)

/** Of those, what a storm is made of. */
export const stormy = ['too many', 'too many, until', 'not available', 'not available, until'] as const
