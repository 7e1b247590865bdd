import { aksk, readJob } from '@jobscope/core'
import { createModelArtsClient, jobs } from '@jobscope/modelarts'

const modelarts = createModelArtsClient({
  cloud: 'huaweicloud',
  region: 'cn-north-4',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const page = await modelarts.listTrainingJobs({ sortBy: 'create_time', order: 'desc' })

for (const job of page.jobs) {
  const { name, state, createdAt } = readJob(jobs['training-version'], job)
  console.log(name, state, createdAt)
}
