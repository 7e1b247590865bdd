import type { JobEvent } from '@jobscope/jobs'
import { createJobDetails, type ShardState } from './shard-state.ts'

type HadEnded = (ref: string, createdAt: number | undefined) => boolean

/** Remembers which jobs are not polled now, usually because they have ended. The result returns whether a job is one of them. */
export function rememberEndedJobs({ poll: { ignored } }: ShardState): HadEnded {
  const refs = new Set(ignored.times.keys())
  const { oldBefore } = ignored
  return (ref, createdAt) =>
    refs.has(ref) || (createdAt !== undefined && oldBefore !== undefined && createdAt < oldBefore)
}

/** Stores the names and start times of the jobs, because rules depend on them. */
export function updateDetails(
  { poll, details }: ShardState,
  events: readonly JobEvent[],
  options: { readonly changed: ReadonlySet<string>; readonly hadEnded: HadEnded; readonly now: number },
): void {
  const { changed, hadEnded, now } = options
  const refsOfEvents = new Set<string>()
  for (const event of events) {
    if (!('job' in event)) continue
    const { ref, name, startedAt, state } = event.job
    const job = details.get(ref) ?? createJobDetails()
    job.name = name ?? job.name
    if (event.type === 'appeared') job.isRestarted = hadEnded(ref, poll.watched.get(ref)?.createdAt)
    job.startedAt = startedAt?.getTime() ?? job.startedAt ?? (state === 'running' ? now : undefined)
    details.set(ref, job)
    refsOfEvents.add(ref)
  }
  for (const ref of changed) if (!poll.watched.has(ref) && !refsOfEvents.has(ref)) details.delete(ref)
}
