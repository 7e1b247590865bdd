import { readJob, token } from '@jobscope/core'
import { createModelArtsClient, jobs } from '@jobscope/modelarts'

const modelarts = createModelArtsClient({
  endpoint: 'http://127.0.0.1:4010/modelarts', // the mock. For the cloud, use `region: 'eu-de', cloud: 'otc'` instead
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('your-iam-token'),
})
const page = await modelarts.listTrainingJobs({ search_content: 'job', sortBy: 'create_time', order: 'desc' })
for (const item of page.jobs) {
  const { name, rawState, state } = readJob(jobs['training-version'], item)
  console.log(`${name}: ${rawState} is ${state}`)
}
const board = await modelarts.getVisualizationJob({ job_id: '197' })
console.log(`${board.job_name}: ${board.service_url}`)
