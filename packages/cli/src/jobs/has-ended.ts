import { isTerminal } from '@jobscope/core'
import { hasEndedForGood } from '@jobscope/core/internal'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import { findJobRules } from './find-job-rules.ts'

/**
 * Returns whether a job has ended for good. A batch that failed a moment ago has not, because it may recover.
 *
 * @param now the current time in epoch ms
 * @param foundAt when a poll first found the job in its state, in epoch ms. Omit it if the job was read only once
 */
export function hasEnded(job: ServiceJob, jobs: Pick<Jobs<Clients>, 'kinds'>, now: number, foundAt?: number): boolean {
  const rules = findJobRules(jobs, job)
  return rules === undefined ? isTerminal(job.state) : hasEndedForGood(rules, job, now, foundAt)
}
