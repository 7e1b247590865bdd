import { NetworkError } from '../errors/network-error.ts'
import { HeaderMap } from './header-map.ts'
import type { ApiResponse } from './messages.ts'
import { readResponse } from './read-response.ts'
import type { Call, SendContext } from './send-context.ts'
import type { AttemptControl, SendFailure } from './senders/sender.ts'

export interface Exchange {
  readonly response: ApiResponse
  /** What `credentials.authorize` returned for this attempt. */
  readonly authorization: unknown
}

/** A call during one of its attempts. */
export interface CallAttempt extends Call {
  /** Resolves when the attempt has ended. */
  readonly ended: Promise<void>
}

/**
 * Authorizes a request, sends it, and reads the response to its end.
 *
 * @throws NetworkError if there is no complete response
 * @throws ResponseError if the response is a redirect
 * @throws the error of the credentials if they fail
 */
export async function exchange(call: CallAttempt, control: AttemptControl, context: SendContext): Promise<Exchange> {
  const { service, credentials, sender } = context
  const { operation, request } = call
  const outgoing = { ...request, headers: new HeaderMap(request.headers) }
  const authorization = await credentials.authorize(outgoing, { operation, ended: call.ended })
  // The attempt was aborted while credentials were resolved. Its promise is already rejected, and the request must not be sent.
  if (control.isAborted) throw new Error('aborted')

  const result = await sender(outgoing, control)
  if ('cause' in result) throw createNetworkError(operation, request.url, result)
  return { response: readResponse(result, { call, service, sentHeaders: outgoing.headers }), authorization }
}

function createNetworkError(
  operation: string,
  url: string,
  { cause, code, mayHaveHappened }: SendFailure,
): NetworkError {
  const problem = mayHaveHappened ? 'No response from' : code === 'ENOTFOUND' ? 'Cannot resolve' : 'Cannot connect to'
  const message = `${problem} ${new URL(url).host} (${code ?? (cause as Error).message})`
  return new NetworkError(operation, message, { mayHaveHappened, code, cause })
}
