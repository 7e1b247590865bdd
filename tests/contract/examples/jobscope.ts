import { aksk, readJob } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'

const dli = createDliClient({
  endpoint: 'http://127.0.0.1:4010/dli', // the mock. For the cloud, use `region: 'eu-de', cloud: 'otc'` instead
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})
const batch = await dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
const { state, createdAt, reason } = readJob(jobs.batch, batch)
console.log(`${batch.queue}: ${state} since ${createdAt?.toISOString()}\n${reason}`)
