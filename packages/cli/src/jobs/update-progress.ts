import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'

/** The maximum number of jobs to update. More jobs rarely fit on a terminal. */
const maxJobs = 20

/**
 * Updates the progress of running jobs. A watch does not include the progress, because services report progress by a separate
 * operation. Errors are ignored, because the watch reports them.
 */
export async function updateProgress(
  jobs: Pick<Jobs<Clients>, 'get' | 'kinds'>,
  seen: Map<string, ServiceJob>,
  signal: AbortSignal,
): Promise<void> {
  const kindsWithProgress = new Set(
    jobs.kinds.filter(({ rules }) => rules.progress).map(({ service, kind }) => `${service}:${kind}`),
  )
  const running = [...seen.values()].filter(
    ({ state, service, kind }) => state === 'running' && kindsWithProgress.has(`${service}:${kind}`),
  )
  const update = async ({ ref }: ServiceJob) => {
    const { progress, state }: ServiceJob = await jobs.get(ref, { signal })
    const current = seen.get(ref)
    // The job may have ended while the request was running.
    if (current?.state === 'running' && state === 'running') seen.set(ref, { ...current, progress })
  }
  await Promise.allSettled(running.slice(0, maxJobs).map(update))
}
