import type { Clients, Job, Jobs } from '@jobscope/jobs'

/** So many jobs are asked for at once: a terminal does not show more. */
const most = 20

/**
 * Asks how far the running jobs are, where their service tells it: in a call of its own, which a watch does not make.
 * What cannot be had is left as it is, since the watch tells what goes wrong.
 */
export async function askProgress(
  jobs: Pick<Jobs<Clients>, 'get' | 'kinds'>,
  seen: Map<string, Job>,
  signal: AbortSignal,
): Promise<void> {
  const telling = new Set(
    jobs.kinds.filter(({ rules }) => rules.progress).map(({ service, kind }) => `${service}:${kind}`),
  )
  const running = [...seen.values()].filter(
    ({ state, service, kind }) => state === 'running' && telling.has(`${service}:${kind}`),
  )
  const ask = async ({ ref }: Job) => {
    const { progress, state }: Job = await jobs.get(ref, { signal })
    const now = seen.get(ref)
    // It may have ended meanwhile.
    if (now?.state === 'running' && state === 'running') seen.set(ref, { ...now, progress })
  }
  await Promise.allSettled(running.slice(0, most).map(ask))
}
