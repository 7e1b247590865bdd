// #show

import { aksk, readJob } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'

// #end

import type { SampleContext } from '../lib/sample-context.ts'

const [accessKey, secretKey] = ['EXAMPLEAK', 'example-sk']

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials: aksk({ accessKey, secretKey }),
  })

  const batch = await dli.getBatch({ batch_id })
  batch.state // '{rawState}': the state that DLI returns

  const job = readJob(jobs.batch, batch)
  job.state // '{state}': the same for all services
  // #end
}
