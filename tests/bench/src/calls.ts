import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js'
import { aksk } from '@jobscope/core'
import { createUndiciSender } from '@jobscope/core/undici'
import { createDliClient } from '@jobscope/dli'
import { batch } from './batch-server.ts'

/** Calls `getBatch` and resolves to the response body. */
export type Call = () => Promise<unknown>

const keys = { accessKey: 'AK', secretKey: 'SK' }

/** Creates a signed call with the client of Jobscope. */
export function createClientCall(origin: string): Call {
  const dli = createDliClient({ endpoint: origin, projectId: 'p', credentials: aksk(keys) })
  return () => dli.getBatch({ batch_id: batch.id })
}

/** Creates a signed call with the client of Jobscope, which sends requests with undici. */
export function createUndiciCall(origin: string): Call {
  const sender = createUndiciSender()
  const dli = createDliClient({ endpoint: origin, projectId: 'p', credentials: aksk(keys), sender })
  return () => dli.getBatch({ batch_id: batch.id })
}

/** Creates a signed raw call (`http`) with the client of Jobscope. */
export function createRawCall(origin: string): Call {
  const dli = createDliClient({ endpoint: origin, projectId: 'p', credentials: aksk(keys) })
  const params = { path: { project_id: 'p', batch_id: batch.id } }
  return async () => (await dli.http.GET('/v2.0/{project_id}/batches/{batch_id}', { params })).data
}

/** Creates an unsigned call with `fetch` alone. */
export const createFetchCall =
  (origin: string): Call =>
  async () =>
    (await fetch(`${origin}/v2.0/p/batches/${batch.id}`)).json()

/** Creates a signed call with the core of the vendor's SDK for Node, which its generated clients call in the same way. */
export function createVendorCall(origin: string): Call {
  const credential = new BasicCredentials().withAk(keys.accessKey).withSk(keys.secretKey).withProjectId('p')
  const client = new ClientBuilder(client => client).withCredential(credential).withEndpoint(origin).build()
  return () =>
    client.sendRequest({
      method: 'GET',
      url: '/v2.0/{project_id}/batches/{batch_id}',
      contentType: 'application/json',
      queryParams: {},
      pathParams: { project_id: 'p', batch_id: batch.id },
      headers: {},
    })
}

const concurrency = 32

/** Makes `count` calls, with up to 32 calls at the same time. */
export async function callRepeatedly(call: Call, count: number): Promise<void> {
  let remaining = count
  const work = async (): Promise<void> => {
    while (remaining-- > 0) {
      const { id } = (await call()) as { readonly id?: string }
      if (id !== batch.id) throw new Error(`Expected batch ${batch.id}, got ${id}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}
