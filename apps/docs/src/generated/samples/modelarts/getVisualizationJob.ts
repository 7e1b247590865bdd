import { aksk, readJob } from '@jobscope/core'
import { createModelArtsClient, jobs } from '@jobscope/modelarts'

const modelarts = createModelArtsClient({
  cloud: 'huaweicloud',
  region: 'cn-north-4',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const job = await modelarts.getVisualizationJob({ job_id: '10' })
const { name, state, createdAt } = readJob(jobs.visualization, job)

console.log(name, state, createdAt)
