import type { Clock } from '@jobscope/mock'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { createJobs } from '../src/index.ts'
import { dliOf } from './set-up.ts'

const minute = 60_000
const day = 24 * 60 * minute

interface Move {
  readonly at: number
  readonly make: () => void
}

/** A clock on which things happen at their time, whoever sleeps through it. It notes what `count` says at each sleep. */
function eventful(moves: Move[], count: () => number): Clock & { readonly counts: number[] } {
  const start = 1_720_000_000_000
  let time = start
  const counts: number[] = []
  const advance = (ms: number) => {
    const end = time + Math.ceil(ms)
    while (moves[0] && start + moves[0].at <= end) {
      const move = moves.shift()
      time = start + (move?.at ?? 0)
      move?.make()
    }
    time = end
  }
  return {
    counts,
    now: () => time,
    advance,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      counts.push(count())
      advance(ms)
    },
    perPoll: false,
  }
}

test('1,000 jobs over a day: no transition is missed, and no tick takes more than 12 requests', async () => {
  const moves: Move[] = []
  let requests = () => 0
  const clock = eventful(moves, () => requests())
  const mock = await createMock({ services: ['dli'], clock, seedJobs: 3000, requestLimit: 1_000_000 })
  onTestFinished(() => mock.close())
  requests = () => mock.requests.length
  const refs = mock.jobs.list('dli:batch').map(({ ref }) => ref)
  expect(refs).toHaveLength(1000)

  const expected = new Map<string, string[]>()
  refs.forEach((ref, index) => {
    mock.jobs.setScenario(ref, ['starting'])
    // States of 9 to 60 minutes: a job keeps to its pace, as far as the day and its number of states go.
    const lasting = 9 + ((index * 7) % 52)
    const begin = (index * 7919) % lasting
    const count = Math.min(Math.floor((1435 - begin) / lasting), 3 + (index % 60))
    const end = index % 5 ? 'success' : 'dead'
    const states = Array.from({ length: count }, (_, step) =>
      step === count - 1 ? end : step % 2 ? 'recovering' : 'running',
    )
    states.forEach((state, step) => {
      moves.push({ at: (begin + step * lasting) * minute, make: () => mock.jobs.setScenario(ref, [state]) })
    })
    const told = states.map(state => `changed ${state}`)
    // What may pass is told when it is seen, and as the end when it has stayed.
    if (end === 'success') told.pop()
    expected.set(ref, ['appeared starting', ...told, `ended ${end}`])
  })
  moves.sort((a, b) => a.at - b.at)

  const jobs = createJobs({ dli: dliOf(mock) }, { clock })
  const told = new Map<string, string[]>(refs.map(ref => [ref, []]))
  for await (const event of jobs.watch(refs, { interval: '4m', maxInterval: '1h' })) {
    if (event.type === 'error' || event.type === 'gone') throw new Error('nothing fails here', { cause: event })
    told.get(event.job.ref)?.push(`${event.type} ${event.job.rawState}`)
  }
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected))
  const perTick = clock.counts.map((count, tick) => count - (clock.counts[tick - 1] ?? 0))
  expect(Math.max(...perTick)).toBeLessThanOrEqual(12)
  expect(clock.now() - 1_720_000_000_000).toBeGreaterThan(0.9 * day)
}, 600_000)
