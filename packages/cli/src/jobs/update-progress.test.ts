import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { updateProgress } from './update-progress.ts'

const job = (ref: string, state: string): ServiceJob => {
  const [service = '', kind = '', id = ''] = ref.split(':')
  return { ref, service, kind, id, state } as ServiceJob
}

test('updates running jobs whose kind reports progress, but not jobs that have ended or cannot be read', async () => {
  const refs = {
    running: 's:with-progress:1',
    failing: 's:with-progress:2',
    justEnded: 's:with-progress:3',
    ended: 's:with-progress:4',
    other: 's:without-progress:5',
  }
  const seen = new Map(
    Object.entries(refs).map(([name, ref]) => [ref, job(ref, name === 'ended' ? 'succeeded' : 'running')]),
  )
  const requested: string[] = []
  const jobs = {
    kinds: [
      { service: 's', kind: 'with-progress', rules: { progress: { op: 'tell', at: '/p' } } },
      { service: 's', kind: 'without-progress', rules: {} },
    ],
    async get(ref: string) {
      requested.push(ref)
      if (ref === refs.failing) throw new Error('unavailable')
      if (ref === refs.justEnded) return job(ref, 'succeeded')
      return { ...job(ref, 'running'), progress: 0.5 }
    },
  } as unknown as Jobs<Clients>
  await updateProgress(jobs, seen, new AbortController().signal)
  expect(requested).toEqual([refs.running, refs.failing, refs.justEnded])
  expect([...seen.values()].map(({ progress }) => progress)).toEqual([0.5, undefined, undefined, undefined, undefined])
})
