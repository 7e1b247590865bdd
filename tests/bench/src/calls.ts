import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js'
import { aksk } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { batch } from './batch-server.ts'

/** One call of `getBatch`, resolved to its body. */
export type Call = () => Promise<unknown>

const keys = { accessKey: 'AK', secretKey: 'SK' }

/** By the client of Jobscope, signed. */
export function byClient(origin: string): Call {
  const dli = createDliClient({ endpoint: origin, projectId: 'p', credentials: aksk(keys) })
  return () => dli.getBatch({ batch_id: batch.id })
}

/** By `fetch` alone, not signed. */
export const byFetch =
  (origin: string): Call =>
  async () =>
    (await fetch(`${origin}/v2.0/p/batches/${batch.id}`)).json()

/** By the core of the vendor's SDK for Node, signed: as the methods of its generated clients call it. */
export function byVendor(origin: string): Call {
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

const inFlight = 32

/** Calls so many times, always 32 at once. */
export async function callOften(call: Call, count: number): Promise<void> {
  let left = count
  const work = async (): Promise<void> => {
    while (left-- > 0) {
      const { id } = (await call()) as { readonly id?: string }
      if (id !== batch.id) throw new Error(`no batch, but one with the id ${id}`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
}
