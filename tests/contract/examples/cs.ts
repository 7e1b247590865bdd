import { readJob, token } from '@jobscope/core'
import { createCsClient, jobs } from '@jobscope/cs'

const cs = createCsClient({
  endpoint: 'http://127.0.0.1:4010/cs', // the mock. For the cloud, use `region: 'cn-north-4'` instead
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('your-iam-token'),
})
const { payload } = await cs.getJob({ job_id: 50320 })
const { name, rawState, state } = readJob(jobs.job, payload)
console.log(`${name} (${payload.job_type}): ${rawState} is ${state}`)
