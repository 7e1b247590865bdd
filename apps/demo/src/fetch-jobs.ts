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
 * Gets five jobs with the four typed clients.
 *
 * @param getEndpoint returns the URL of a service of the mock. To call the cloud, set `region` instead of `endpoint`
 */
export async function fetchJobs(getEndpoint: (service: string) => string): Promise<FetchedJob[]> {
  const options = (service: string) => ({
    endpoint: getEndpoint(service),
    projectId: '0123456789abcdef0123456789abcdef',
    credentials: token('the-mock-accepts-any-token'),
  })
  const dli = createDliClient(options('dli'))
  const modelarts = createModelArtsClient(options('modelarts'))
  const cs = createCsClient(options('cs'))
  const res = createResClient(options('res'))

  const [batch, training, visualization, stream, recommendation] = await Promise.all([
    dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' }),
    modelarts.getTrainingJobVersion({ job_id: '48190', version_id: '51340' }),
    modelarts.getVisualizationJob({ job_id: '197' }),
    cs.getJob({ job_id: 50320 }),
    res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' }),
  ])
  return [
    toFetchedJob('dli', 'batch', dliJobs.batch, batch),
    toFetchedJob('modelarts', 'training-version', modelartsJobs['training-version'], training),
    toFetchedJob('modelarts', 'visualization', modelartsJobs.visualization, visualization),
    toFetchedJob('cs', 'job', csJobs.job, stream.payload),
    toFetchedJob('res', 'job', resJobs.job, recommendation.job),
  ]
}

const toFetchedJob = (service: string, kind: string, rules: JobKind, item: unknown): FetchedJob => ({
  service,
  kind,
  ...readJob(rules, item),
})
