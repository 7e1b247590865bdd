import type { Clients, Job, Jobs } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { askProgress } from './update-progress.ts'

const job = (ref: string, state: string): Job => {
  const [service = '', kind = '', id = ''] = ref.split(':')
  return { ref, service, kind, id, state } as Job
}

test('running jobs of kinds that tell it are asked how far they are; what fails or has ended is left as it is', async () => {
  const refs = {
    run: 's:telling:1',
    broken: 's:telling:2',
    ending: 's:telling:3',
    done: 's:telling:4',
    other: 's:silent:5',
  }
  const seen = new Map(
    Object.entries(refs).map(([name, ref]) => [ref, job(ref, name === 'done' ? 'succeeded' : 'running')]),
  )
  const asked: string[] = []
  const jobs = {
    kinds: [
      { service: 's', kind: 'telling', rules: { progress: { op: 'tell', at: '/p' } } },
      { service: 's', kind: 'silent', rules: {} },
    ],
    async get(ref: string) {
      asked.push(ref)
      if (ref === refs.broken) throw new Error('not now')
      if (ref === refs.ending) return job(ref, 'succeeded')
      return { ...job(ref, 'running'), progress: 0.5 }
    },
  } as unknown as Jobs<Clients>
  await askProgress(jobs, seen, new AbortController().signal)
  expect(asked).toEqual([refs.run, refs.broken, refs.ending])
  expect([...seen.values()].map(({ progress }) => progress)).toEqual([0.5, undefined, undefined, undefined, undefined])
})
