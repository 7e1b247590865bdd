import { NetworkError } from '../errors/network-error.ts'
import { ResponseError } from '../errors/response-error.ts'
import { addHeaders } from './build-request.ts'
import { HeaderMap } from './header-map.ts'
import type { ApiResponse } from './messages.ts'
import type { UnsignedHeaders } from './observe-attempts.ts'
import { largeBodyLength, readResponse } from './read-response.ts'
import type { Call, SendContext } from './send-context.ts'
import { type AttemptControl, bodyTooLargeCode, type SenderResponse, type SendFailure } from './senders/sender.ts'

export interface Exchange {
  readonly response: ApiResponse
  /** The value that `credentials.authorize` returned for this attempt. */
  readonly authorization: unknown
  /** The headers of the request after it was authorized: its own headers, and those that the credentials added. */
  readonly authorizedHeaders: HeaderMap
  /** The headers that were sent: the authorized headers, and those that hooks added. */
  readonly sentHeaders: HeaderMap
  /** Text of the response body. */
  readonly text: string
}

/** What is known about an attempt while it runs. `exchange` updates it. */
export interface AttemptProgress {
  /** Whether the service may have received the request, because the sender was called. */
  isSent: boolean
  /** The exchange with a 401 whose head has arrived, until the credentials handle the 401. Its response has no body. */
  unauthorized?: Exchange | undefined
}

/** One attempt of a call. */
export interface ExchangeAttempt {
  readonly control: AttemptControl
  /** Resolves when the attempt has ended. */
  readonly ended: Promise<void>
  /** Headers that hooks have added. They are added to the request after it is signed. */
  readonly unsignedHeaders?: UnsignedHeaders | undefined
  readonly progress: AttemptProgress
}

/**
 * Authorizes a request, sends it, and reads the response to its end.
 *
 * @throws NetworkError if there is no complete response
 * @throws ResponseError if the body of the response is too large, unless the status is 401
 * @throws the error of the credentials if they fail
 * @throws ConfigurationError if a header cannot be sent, for example because the credentials set an invalid value. Nothing was sent.
 */
export async function exchange(
  call: Call,
  { control, ended, unsignedHeaders, progress }: ExchangeAttempt,
  context: SendContext,
): Promise<Exchange> {
  const { service, credentials, sender, maxResponseBytes } = context
  const { operation, request } = call
  const { method, url, body } = request
  const headers = new HeaderMap(request.headers)
  const authorization = await credentials.authorize({ method, url, headers, body }, { operation, ended })
  // The attempt was aborted while credentials were resolved. Its promise is already rejected, and the request must not be sent.
  if (control.isAborted) throw new Error('aborted')

  const sentHeaders = new HeaderMap(unsignedHeaders)
  // Checks the headers of raw calls and of credentials. A sender would quote an invalid value, such as a token, in its error.
  addHeaders(sentHeaders, Object.fromEntries(headers))

  const complete = (response: SenderResponse): Exchange => ({
    response: readResponse(response, call, service),
    authorization,
    authorizedHeaders: headers,
    sentHeaders,
    text: response.text,
  })
  control.onHead = head => {
    if (head.status === 401) progress.unauthorized = complete({ ...head, text: '' })
  }
  progress.isSent = true
  const result = await sender({ method, url, headers: sentHeaders, body, maxResponseBytes }, control)
  const exchanged = complete('cause' in result ? recoverResponse(result, call) : result)
  // While a large body is parsed, no timer fires. This lets the attempt reject if it timed out or was aborted in the meantime.
  if (exchanged.text.length > largeBodyLength) await new Promise<void>(resolve => control.schedule(0, resolve))
  return exchanged
}

/**
 * Handles a response whose body could not be read. If the status is a failure, returns the response without its body, because the status is
 * enough to create the error.
 *
 * @throws NetworkError if there is no status, or the status is not a failure
 * @throws ResponseError if the body is too large, unless the status is 401
 */
function recoverResponse(
  { head, isTransient = true, ...details }: SendFailure,
  { operation, request }: Call,
): SenderResponse {
  const { code, cause, mayHaveHappened } = details
  const status = head?.status
  if (code === bodyTooLargeCode && status !== 401) {
    const problem = `The response body is too large (HTTP ${status}). Increase maxResponseBytes.`
    throw new ResponseError(operation, problem, { status, mayHaveHappened, isTransient: false })
  }
  if (head && head.status >= 300) return { ...head, text: '' }
  const { host } = new URL(request.url)
  throw new NetworkError(operation, `No response from ${host} (${code ?? (cause as Error).message})`, {
    ...details,
    isTransient,
    status,
  })
}
