import type { createJobs } from '../src/index.ts'
import type { createClients } from './set-up.ts'

declare const jobs: ReturnType<typeof createJobs<ReturnType<typeof createClients>>>

export async function narrowing() {
  const job = await jobs.get('dli:batch:1')
  job.raw.queue satisfies string | undefined
  job.kind satisfies 'batch'
  for await (const job of jobs.list()) {
    // @ts-expect-error the service and the kind must be checked first
    void job.raw.queue
    if (job.service === 'dli' && job.kind === 'batch') job.raw.queue satisfies string | undefined
    if (job.service === 'cs' && job.kind === 'job') job.raw.status_desc satisfies string
    const sameJob = await jobs.get(job.ref)
    sameJob.service satisfies 'dli' | 'modelarts' | 'cs' | 'res'
  }
  const some = await jobs.wait(['dli:batch:1'])
  some[0]?.ref satisfies string | undefined
  const any = await jobs.wait(['dli:batch:1'], { mode: 'any' })
  any.ref satisfies string
  // @ts-expect-error the service of this job is dli
  job.service satisfies 'res'
}
