/** A program that uses every client and every entry point for all runtimes, with arguments that may be undefined. */
export const typedProgram = `
import { aksk, isApiError, isTerminal, readJob, token, type Credentials, type Hooks, type Job } from '@jobscope/core'
import { sign } from '@jobscope/core/sign'
import { createCsClient } from '@jobscope/cs'
import { createDliClient, jobs as kinds, type ListBatchesArgs } from '@jobscope/dli'
import { createIamClient, password } from '@jobscope/iam'
import { createJobs, isListError } from '@jobscope/jobs'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'

declare const queue: string | undefined
declare const options: { projectId: string; credentials: Credentials; hooks?: Hooks | undefined }

const dli = createDliClient({ ...options, region: 'eu-de', cloud: 'otc' })
const cs = createCsClient({ ...options, region: 'eu-de', cloud: 'otc' })
const res = createResClient({ ...options, endpoint: 'http://127.0.0.1/res' })
const modelarts = createModelArtsClient({ ...options, endpoint: 'http://127.0.0.1/modelarts' })
export const iam = createIamClient({ region: 'eu-de', cloud: 'otc', credentials: token('t') })
export { aksk, password, sign }

const args: ListBatchesArgs = { queue_name: queue, order: undefined, project_id: undefined }
export async function main(signal: AbortSignal | undefined): Promise<Job[]> {
  const found: Job[] = []
  for await (const batch of dli.listBatches.all(args, { limit: 3, signal })) found.push(readJob(kinds.batch, batch))
  const done = await dli.waitForBatch({ batch_id: 'b', project_id: undefined }, { timeout: '2h', signal })
  const state: string | undefined = done.state
  const { data } = await dli.http.GET('/v2.0/{project_id}/batches', {
    params: { path: { project_id: 'p' }, query: { order: 'CREATE_TIME_DESC' } },
  })
  const all = createJobs({ dli, cs, res, modelarts })
  for await (const job of all.list({ state: 'running' })) if (!isTerminal(job.state)) found.push(job)
  try {
    await dli.getBatch({ batch_id: 'b' })
  } catch (error) {
    if (isApiError(error)) console.log(error.status, state, data?.total)
    if (isListError(error)) console.log(error.failures.length)
  }
  return found
}
`

/** Signs a request and reads a job's state. Prints the state. A fake \`fetch\` replaces the network. */
export const bundledProgram = `
import { aksk, readJob } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'

const response = { id: 'b1', state: 'success', name: 'n', queue: 'q' }
const dli = createDliClient({
  endpoint: 'http://127.0.0.1/dli',
  projectId: 'p',
  credentials: aksk({ accessKey: 'a', secretKey: 's' }),
  fetch: async () => new Response(JSON.stringify(response), { headers: { 'content-type': 'application/json' } }),
})
const batch = await dli.getBatch({ batch_id: 'b1' })
console.log(readJob(jobs.batch, batch).state)
`
