import { type Job, type JobKind, readJob, token } from '@jobscope/core'
import { createCsClient, jobs as csJobs } from '@jobscope/cs'
import { createDliClient, jobs as dliJobs } from '@jobscope/dli'
import { createModelArtsClient, jobs as modelartsJobs } from '@jobscope/modelarts'
import { createResClient, jobs as resJobs } from '@jobscope/res'

export interface FetchedJob extends Job {
  readonly service: string
  readonly kind: string
}

/**
 * Five jobs, fetched through the four typed clients.
 *
 * @param endpointOf where a service is: the mock here; leave `endpoint` out and give a region for the cloud
 */
export async function fiveJobs(endpointOf: (service: string) => string): Promise<FetchedJob[]> {
  const options = (service: string) => ({
    endpoint: endpointOf(service),
    projectId: '0123456789abcdef0123456789abcdef',
    credentials: token('any-token-will-do-for-the-mock'),
  })
  const dli = createDliClient(options('dli'))
  const modelarts = createModelArtsClient(options('modelarts'))
  const cs = createCsClient(options('cs'))
  const res = createResClient(options('res'))

  const [batch, training, visualization, stream, recommendation] = await Promise.all([
    dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' }),
    modelarts.listTrainingJobs({ search_content: 'job', sortBy: 'create_time', order: 'desc', per_page: 1 }),
    modelarts.getVisualizationJob({ job_id: '197' }),
    cs.getJob({ job_id: 50320 }),
    res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' }),
  ])
  return [
    row('dli', 'batch', dliJobs.batch, batch),
    row('modelarts', 'training-version', modelartsJobs['training-version'], training.jobs[0]),
    row('modelarts', 'visualization', modelartsJobs.visualization, visualization),
    row('cs', 'job', csJobs.job, stream.payload),
    row('res', 'job', resJobs.job, recommendation.job),
  ]
}

const row = (service: string, kind: string, rules: JobKind, item: unknown): FetchedJob => ({
  service,
  kind,
  ...readJob(rules, item),
})
