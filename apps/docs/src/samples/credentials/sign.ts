// #show

import { access, sign } from '@jobscope/core/sign'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const [accessKey, secretKey] = ['EXAMPLEACCESSKEY0001', 'example-secret-key']

export default async ({ projectId }: SampleContext) => {
  // #show
  const url = `https://dli.eu-de.otc.t-systems.com/v2.0/${projectId}/batches`
  const headers = new Headers({
    'X-Sdk-Date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
  })
  const request = { method: 'GET', url, headers, body: new Uint8Array() }
  headers.set('Authorization', await sign(request, access(accessKey, secretKey)))
  const response = await fetch(url, { headers })
  // #end
  console.log(response.status)
}
