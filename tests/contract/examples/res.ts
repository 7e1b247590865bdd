import { readJob, token } from '@jobscope/core'
import { createResClient, jobs } from '@jobscope/res'

const res = createResClient({
  endpoint: 'http://127.0.0.1:4010/res', // the mock. For the cloud, use `region: 'cn-north-4'` instead
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('your-iam-token'),
})
const { job } = await res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' })
const { name, rawState, state } = readJob(jobs.job, job)
console.log(`${name} (${job.type}): ${rawState} is ${state}`)
