import type { ServerResponse } from 'node:http'
import { corsHeaders } from './cors.ts'
import { DEFAULT_SLOW_MS, type Fault } from './faults/fault-rule.ts'
import type { MockResponse } from './mock-response.ts'
import type { Clock } from './simulation/clock.ts'

export interface SendOptions {
  readonly requestId: string
  /** A fault to inject while the response is sent: `truncate`, `cut` or `slow-body`. */
  readonly fault?: Fault | undefined
  readonly clock: Clock
  /** Whether pages of all origins may read the response (CORS). */
  readonly allowsOtherOrigins: boolean
}

/** Sends a response, with the fault that is injected. */
export async function sendResponse(
  target: ServerResponse,
  { status, headers, body }: MockResponse,
  { requestId, fault, clock, allowsOtherOrigins }: SendOptions,
): Promise<void> {
  const allHeaders = { ...headers, ...(allowsOtherOrigins && corsHeaders), 'X-Request-Id': requestId }
  for (const [name, value] of Object.entries(allHeaders)) {
    if (value !== undefined && value !== null) target.setHeader(name, String(value))
  }
  const isJson = String(target.getHeader('Content-Type') ?? '').includes('json')
  const whole = body === undefined ? undefined : Buffer.from(isJson ? JSON.stringify(body) : String(body))
  const content = fault?.fault === 'truncate' ? whole?.subarray(0, whole.length / 2) : whole
  if (content === undefined) target.removeHeader('Content-Type')
  else target.setHeader('Content-Length', content.length)
  target.writeHead(status)
  if (fault?.fault === 'cut') {
    // A reset can discard data that was written but not sent, so the connection is reset only after the data was sent.
    target.flushHeaders()
    target.write(content?.subarray(0, content.length / 2) ?? '', () => target.socket?.resetAndDestroy())
    return
  }
  if (fault?.fault === 'slow-body' && content) {
    await sendInPieces(target, content, { duration: fault.ms ?? DEFAULT_SLOW_MS, clock })
  } else target.end(content)
}

/** A slow body is sent in at most this many pieces. */
const MAX_PIECES = 8

interface PieceOptions {
  /** How long the whole body takes, in milliseconds of `clock`. */
  readonly duration: number
  readonly clock: Clock
}

async function sendInPieces(target: ServerResponse, body: Buffer, { duration, clock }: PieceOptions): Promise<void> {
  const closed = new AbortController()
  target.once('close', () => closed.abort())
  target.flushHeaders()
  const length = Math.ceil(body.length / MAX_PIECES)
  const pause = Math.round(duration / Math.ceil(body.length / length))
  try {
    for (let start = 0; start < body.length; start += length) {
      await clock.sleep(pause, closed.signal)
      target.write(body.subarray(start, start + length))
    }
  } catch {
    // The client closed the connection before the body was complete.
  }
  target.end()
}
