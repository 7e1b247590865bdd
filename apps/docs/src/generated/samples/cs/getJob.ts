import { aksk, readJob } from '@jobscope/core'
import { createCsClient, jobs } from '@jobscope/cs'

const cs = createCsClient({
  cloud: 'huaweicloud',
  region: 'cn-north-1',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const reply = await cs.getJob({ job_id: 50320 })
const { name, state, createdAt } = readJob(jobs.job, reply.payload)

console.log(name, state, createdAt)
