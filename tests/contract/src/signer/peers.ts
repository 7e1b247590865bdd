import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { DerivedAKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner.js'
import { aksk, type SigningForm } from '@jobscope/core'
import type { SignedCase } from './arbitrary.ts'

const compact = (date: number) => new Date(date).toISOString().replace(/[-:]|\.\d+/g, '')

/** The `Authorization` header by `aksk()`, in the form given. */
export async function ours(given: SignedCase, form: SigningForm | undefined): Promise<string | null> {
  const { method, origin, path, query, accessKey, secretKey, securityToken, date } = given
  const search = query
    .flatMap(([name, values]) => values.map(value => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&')
  const headers = new Headers(given.headers.map(([name, value]) => [name, value]))
  const body = new TextEncoder().encode(given.body === undefined ? '' : JSON.stringify(given.body))
  const credentials = aksk({ accessKey, secretKey, securityToken, form, now: () => date })
  await credentials.authorize({ method, url: `${origin}${path}${search && `?${search}`}`, headers, body })
  return headers.get('authorization')
}

/** The same by the vendor's Node SDK: its default form, or V11. */
export function vendors(given: SignedCase, form: 'access' | 'v11'): string | undefined {
  const { method, origin, path, query, accessKey, secretKey, securityToken, region, service } = given
  const request = {
    method,
    endpoint: `${origin}${path}`,
    // Copies: it sorts the caller's arrays in place.
    queryParams: Object.fromEntries(
      query.map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]),
    ),
    headers: {
      ...Object.fromEntries(given.headers),
      'X-Sdk-Date': compact(given.date),
      ...(securityToken && { 'X-Security-Token': securityToken }),
    },
    ...(given.body && { data: given.body }),
  }
  const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey)
  credential.processDerivedAuthParams(service, region)
  const signer = form === 'v11' ? DerivedAKSKSigner : AKSKSigner
  const headers: { Authorization?: string } = signer.sign(request as never, credential)
  return headers.Authorization
}
