import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { DerivedAKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner.js'
import { aksk, type SigningForm } from '@jobscope/core'
import type { SignedCase } from './signed-case.ts'

const formatDate = (date: number) => new Date(date).toISOString().replace(/[-:]|\.\d+/g, '')

/** Signs with `aksk()` and returns the `Authorization` header. */
export async function signWithCore(signedCase: SignedCase, form: SigningForm | undefined): Promise<string | null> {
  const { method, origin, path, query, accessKey, secretKey, securityToken, date } = signedCase
  const search = query
    .flatMap(([name, values]) => values.map(value => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&')
  const headers = new Headers(signedCase.headers.map(([name, value]) => [name, value]))
  const body = new TextEncoder().encode(signedCase.body === undefined ? '' : JSON.stringify(signedCase.body))
  const credentials = aksk({ accessKey, secretKey, securityToken, form, now: () => date })
  await credentials.authorize({ method, url: `${origin}${path}${search && `?${search}`}`, headers, body })
  return headers.get('authorization')
}

/** Signs with the vendor's SDK for Node and returns the `Authorization` header. */
export function signWithSdk(signedCase: SignedCase, form: 'access' | 'v11'): string | undefined {
  const { method, origin, path, query, accessKey, secretKey, securityToken, region, service } = signedCase
  const request = {
    method,
    endpoint: `${origin}${path}`,
    // The SDK sorts the caller's arrays in place, so it gets copies.
    queryParams: Object.fromEntries(
      query.map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]),
    ),
    headers: {
      ...Object.fromEntries(signedCase.headers),
      'X-Sdk-Date': formatDate(signedCase.date),
      ...(securityToken && { 'X-Security-Token': securityToken }),
    },
    ...(signedCase.body && { data: signedCase.body }),
  }
  const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey)
  credential.processDerivedAuthParams(service, region)
  const signer = form === 'v11' ? DerivedAKSKSigner : AKSKSigner
  const headers: { Authorization?: string } = signer.sign(request as never, credential)
  return headers.Authorization
}
