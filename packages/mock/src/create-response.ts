import type { IHttpRequest } from '@stoplight/prism-http'
import type { ErrorResponse } from './error-response.ts'
import type { Fault } from './faults/fault-rule.ts'
import { type IncomingRequest, parseAccept, parseBody } from './parse-request.ts'
import { parsePrefer } from './prefer.ts'
import type { RoutedRequest } from './router.ts'
import type { MockResponse } from './service.ts'

/** From a routed request to the reply. `incoming` without a body means that the body was too long. */
export async function createResponse(
  routed: RoutedRequest,
  incoming: Omit<IncomingRequest, 'body'> & { readonly body: Buffer | undefined },
  requestId: string,
  limit: number,
  fault?: Fault,
): Promise<MockResponse> {
  const { service } = routed
  if ('refusal' in routed) {
    const { status, headers } = routed.refusal
    const body = service.errorBodies.forGateway(routed.refusal, requestId)
    return { status, headers: { 'Content-Type': 'application/json', ...headers }, body }
  }

  const { method, query, body } = incoming
  const content = body === undefined ? tooLong(limit) : parseBody({ ...incoming, body })
  const accept = parseAccept(incoming.headers['accept'])
  const refusal = 'message' in content ? content : typeof accept === 'string' ? undefined : accept
  const headers: Record<string, string> = { ...incoming.headers, accept: typeof accept === 'string' ? accept : '*/*' }
  // Prism looks at the type of a body only where a length is given; a stream has none.
  if (body && body.length > 0) headers['content-length'] = String(body.length)
  if (refusal) {
    delete headers['content-type']
    delete headers['content-length']
  }
  const request: IHttpRequest = {
    method: method.toLowerCase() as IHttpRequest['method'],
    url: { path: routed.path, query: { ...query } },
    headers,
    ...('body' in content && { body: content.body }),
  }
  const wish = parsePrefer(headers['prefer'])
  return service.respond(routed.operation, { request, preferences: wish, requestId, error: refusal, fault })
}

const tooLong = (limit: number): ErrorResponse => ({
  status: 413,
  kind: 'invalid',
  message: `The body is longer than ${limit} bytes`,
})
