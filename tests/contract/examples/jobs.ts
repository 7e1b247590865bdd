import { token } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createJobs } from '@jobscope/jobs'

const endpoint = 'http://127.0.0.1:4010' // the mock; for the cloud, set `region` instead
const options = { projectId: '0123456789abcdef0123456789abcdef', credentials: token('your-iam-token') }
const dli = createDliClient({ ...options, endpoint: `${endpoint}/dli` })
const cs = createCsClient({ ...options, endpoint: `${endpoint}/cs` })

const jobs = createJobs({ dli, cs })
for await (const { ref, state, name } of jobs.list({ limit: 4 })) console.log(ref, state, name)

const job = await jobs.get('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e')
console.log(job.state, job.createdAt?.toISOString(), job.raw.queue)
