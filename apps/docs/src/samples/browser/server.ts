import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, projectId }: SampleContext) => {
  const region = mock.url('dli')
  const getToken = async () => 'a-token'
  // #show
  const server = createServer(async (request, response) => {
    const path = request.url?.replace(/^\/dli/, '')
    // Only what the page needs: reading, and only batches.
    if (request.method !== 'GET' || !path?.includes('/batches')) {
      response.writeHead(403).end()
      return
    }
    const headers = { 'X-Auth-Token': await getToken() }
    const result = await fetch(region + path, { headers })
    response
      .writeHead(result.status, { 'content-type': 'application/json' })
      .end(await result.text())
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
  console.log((await dli.listBatches()).total)
  server.close()
}
// #prints
// 1
