import { sign } from '@jobscope/core/sign'
import { listOperations, readAllBundles } from '@jobscope/specs'
import { connectionHeaders } from './connection-headers.ts'
import { ProxyProblem } from './proxy-problem.ts'
import {
  type AccessKey,
  findSignatureProblem,
  isSignature,
  parseSignature,
  type ReceivedRequest,
} from './verify-signature.ts'

/** Returns the headers for the real service. If the request is signed, verifies the signature and replaces it. */
export async function authorizeRequest(
  received: ReceivedRequest,
  url: string,
  accessKey: AccessKey | undefined,
  now: number,
): Promise<[string, string][]> {
  const kept = Object.entries(received.headers).filter(
    ([name]) => !connectionHeaders.has(name) && name !== 'accept-encoding',
  )
  const { authorization } = received.headers
  if (!isSignature(authorization)) {
    const hasToken = received.headers['x-auth-token'] !== undefined || authorization !== undefined
    if (!hasToken && !isTokenRequest(new URL(url).pathname))
      throw new ProxyProblem(401, 'The request has no credentials. Send a token, or sign it with your access key.')
    return kept
  }
  if (accessKey === undefined) {
    const fix = 'Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK also for the recorder, or send a token instead.'
    throw new ProxyProblem(
      501,
      `The request is signed for the host of the recorder, and the recorder has no key to sign it again. ${fix}`,
    )
  }
  const parsed = parseSignature(authorization ?? '')
  if (!parsed)
    throw new ProxyProblem(
      501,
      'The form of the signature is unknown, so the request cannot be signed again. Send a token instead.',
    )
  const problem = await findSignatureProblem(received, parsed, accessKey, now)
  if (problem !== undefined) throw new ProxyProblem(401, problem)
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const others = kept.filter(([name]) => !['authorization', 'x-sdk-date'].includes(name))
  const signed = others.filter(([name]) => parsed.signedHeaders.includes(name))
  const signer = parsed.form(accessKey.accessKey, accessKey.secretKey)
  const request = {
    method: received.method,
    url,
    headers: [...signed, ['x-sdk-date', date] as const],
    body: received.body,
  }
  return [...others, ['x-sdk-date', date], ['authorization', await sign(request, signer)]]
}

let tokenPaths: readonly string[] | undefined

/** Whether a path belongs to an operation that issues tokens. The requests of such an operation have no token and no signature. */
function isTokenRequest(path: string): boolean {
  tokenPaths ??= [...readAllBundles().values()].flatMap(bundle => {
    const id = bundle['x-credentials']?.token.operation
    return listOperations(bundle).flatMap(each => (id && each.operation.operationId === id ? [each.path] : []))
  })
  // The endpoint of the real service can contain a path, so only the end of the request's path is compared.
  return tokenPaths.some(each => path.endsWith(each))
}
