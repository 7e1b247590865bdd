import { aksk, readJob } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'

const dli = createDliClient({
  cloud: 'huaweicloud',
  region: 'cn-north-4',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const batch = await dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
const { name, state, createdAt } = readJob(jobs.batch, batch)

console.log(name, state, createdAt)
