import { strictEqual } from 'node:assert'
import { once } from 'node:events'
import { request as send } from 'node:http'

// #show

import { createServer } from 'node:http'

// #end

import type { AddressInfo } from 'node:net'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId, batch_id }: SampleContext) => {
  const getToken = async () => 'a-token'
  // #show
  const endpoint = 'https://dli.eu-de.otc.t-systems.com'
  // Forward only what the page needs: the list of batches, and one batch.
  const allowedPath = new RegExp(`^/dli(/v2\\.0/${projectId}/batches(/[\\w-]+)?)$`)

  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    const target = allowedPath.exec(path)?.[1]
    const url = new URL(`${target}?${query}`, endpoint)
    if (request.method !== 'GET' || !target || url.origin !== endpoint) {
      response.writeHead(404).end()
      return
    }
    try {
      const headers = { 'X-Auth-Token': await getToken() }
      // A redirect would send the token to another host.
      const result = await fetch(url, { headers, redirect: 'error' })
      const body = await result.text()
      response
        .writeHead(result.status, { 'content-type': 'application/json' })
        .end(body)
    } catch {
      response.writeHead(502).end()
    }
  })
  // #end
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const dli = createDliClient({
    endpoint: `http://127.0.0.1:${port}/dli`,
    projectId,
    credentials: token('replaced'),
  })
  strictEqual((await dli.listBatches({ size: 10 })).total, 1)
  strictEqual((await dli.getBatch({ batch_id })).id, batch_id)

  const list = `/v2.0/${projectId}/batches`
  const refused = [
    `/dli.evil.example${list}`,
    `/dli@evil.example${list}`,
    `/dli//evil.example${list}`,
    `http://evil.example/dli${list}`,
    `/dli/v1.0/${projectId}/jobs?x=${list}`,
    `/dli/v2.0/another-project/batches`,
    `/dli${list}/../../../v1.0/${projectId}/jobs`,
    `/dli${list}/%2e%2e/%2e%2e`,
    `/dli${list}/${batch_id}/log`,
  ]
  const readStatus = async (path: string, method = 'GET') => {
    // Unlike `fetch`, `request` does not normalize the path.
    const request = send({ port, host: '127.0.0.1', path, method }).end()
    const [response] = await once(request, 'response')
    response.resume()
    return response.statusCode
  }
  for (const path of refused) strictEqual(await readStatus(path), 404, path)
  strictEqual(await readStatus(`/dli${list}`, 'POST'), 404)
  server.close()
}
