import type { IHttpRequest } from '@stoplight/prism-http'
import type { Fault } from './faults/fault.ts'
import { parsePrefer } from './prefer.ts'
import type { Refusal } from './refusal.ts'
import { type Incoming, parseAccept, parseBody } from './request.ts'
import type { Routed } from './router.ts'
import type { Reply } from './service.ts'

/** From a routed request to the reply. `incoming` without a body means that the body was too long. */
export async function answer(
  routed: Routed,
  incoming: Omit<Incoming, 'body'> & { readonly body: Buffer | undefined },
  requestId: string,
  limit: number,
  fault?: Fault,
): Promise<Reply> {
  const { service } = routed
  if ('refusal' in routed) {
    const { status, headers } = routed.refusal
    const body = service.problems.ofGateway(routed.refusal, requestId)
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
  return service.answer(routed.operation, { request, wish, requestId, refusal, fault })
}

const tooLong = (limit: number): Refusal => ({
  status: 413,
  kind: 'invalid',
  message: `The body is longer than ${limit} bytes`,
})
