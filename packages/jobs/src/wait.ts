import type { Clock, Duration } from '@jobscope/core'
import { wait } from '@jobscope/core'
import { type Job, jobFrom } from './job.ts'
import type { Kind } from './kinds.ts'
import { resolveRef } from './ref.ts'

export interface WaitForJobsOptions<J = Job> {
  /** Whether all jobs are waited for, or the first that has ended. @default 'all' */
  until?: 'all' | 'any' | undefined
  /** `ended`, or `running` for jobs that do not end by themselves. @default 'running' for such kinds, else 'ended' */
  state?: 'ended' | 'running' | undefined
  /** How long to wait. The jobs go on afterwards. @default '24h' */
  timeout?: Duration | undefined
  /** Ends the wait at once; it rejects with `signal.reason`. The jobs go on, unless `cancelOnAbort`. */
  signal?: AbortSignal | undefined
  /** Cancels the jobs that have not ended when the signal aborts. @default false */
  cancelOnAbort?: boolean | undefined
  /** Called when a job is first seen, and whenever its state has changed. */
  onChange?: ((job: J) => void) | undefined
  /** Time, for tests. @default the one of `createJobs` */
  clock?: Clock | undefined
}

/** Waits for jobs by their refs. */
export async function waitForJobs(
  kinds: readonly Kind[],
  refs: string | readonly string[],
  options: WaitForJobsOptions,
): Promise<unknown> {
  const { until = 'all', state, onChange, ...rest } = options
  const one = async (ref: string): Promise<Job> => {
    const { kind, args } = resolveRef(kinds, ref)
    let last: string | undefined
    const onPoll = (_: unknown, item: unknown) => {
      const job = jobFrom(kind, item, args)
      if (job.rawState !== last) onChange?.(job)
      last = job.rawState
    }
    return jobFrom(kind, await wait(kind.client, ref, kind.rules, args, { ...rest, until: state, onPoll }), args)
  }
  if (typeof refs === 'string') return one(refs)
  return until === 'any' ? Promise.race(refs.map(one)) : Promise.all(refs.map(one))
}
