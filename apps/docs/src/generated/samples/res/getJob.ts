import { aksk, readJob } from '@jobscope/core'
import { createResClient, jobs } from '@jobscope/res'

const res = createResClient({
  cloud: 'huaweicloud',
  region: 'cn-north-4',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const reply = await res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' })
const { name, state, updatedAt } = readJob(jobs.job, reply.job)

console.log(name, state, updatedAt)
