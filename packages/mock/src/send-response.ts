import type { ServerResponse } from 'node:http'
import { corsHeaders } from './cors.ts'
import { type Fault, SLOW_MS } from './faults/fault-rule.ts'
import type { MockResponse } from './service.ts'
import type { Clock } from './simulation/clock.ts'

/** What goes wrong while an answer is sent, in which time. */
interface SendFault {
  readonly fault: Fault | undefined
  readonly clock: Clock
}

/** Sends an answer: as it is, cut off, in half, or bit by bit. */
export async function sendResponse(
  response: ServerResponse,
  { status, headers, body }: MockResponse,
  requestId: string,
  { fault, clock }: Partial<SendFault> = {},
): Promise<void> {
  for (const [name, value] of Object.entries({ ...headers, ...corsHeaders, 'X-Request-Id': requestId })) {
    if (value !== undefined && value !== null) response.setHeader(name, String(value))
  }
  const json = String(response.getHeader('Content-Type') ?? '').includes('json')
  const whole = body === undefined ? undefined : Buffer.from(json ? JSON.stringify(body) : String(body))
  const sent = fault?.fault === 'truncate' ? whole?.subarray(0, whole.length / 2) : whole
  if (sent === undefined) response.removeHeader('Content-Type')
  else response.setHeader('Content-Length', sent.length)
  response.writeHead(status)
  if (fault?.fault === 'cut') {
    // The reset may overtake what was written: once it has left, it is too late for that.
    response.flushHeaders()
    response.write(sent?.subarray(0, sent.length / 2) ?? '', () => response.socket?.resetAndDestroy())
    return
  }
  if (fault?.fault === 'slow-body' && sent && clock) await drip(response, sent, fault.ms ?? SLOW_MS, clock)
  else response.end(sent)
}

/** In how many pieces a slow body comes, at most. */
const PIECES = 8

async function drip(response: ServerResponse, body: Buffer, ms: number, clock: Clock): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.flushHeaders()
  const length = Math.ceil(body.length / PIECES)
  const pause = Math.round(ms / Math.ceil(body.length / length))
  try {
    for (let start = 0; start < body.length; start += length) {
      await clock.sleep(pause, gone.signal)
      response.write(body.subarray(start, start + length))
    }
  } catch {
    // The caller did not wait.
  }
  response.end()
}
