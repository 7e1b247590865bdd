import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createModelArtsClient } from '@jobscope/modelarts'
import { expect, test } from 'vitest'
import { createJobs, type LogLine } from '../src/index.ts'
import { collect, setUp } from './set-up.ts'

/** A `fetch` that answers one route itself: with what `answer` makes of the query, and of how often it was asked before. */
function answering(route: RegExp, answer: (query: URLSearchParams, count: number) => object): typeof fetch {
  let count = 0
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    return route.test(url.pathname) ? Response.json(answer(url.searchParams, count++)) : fetch(input, init)
  }
}

const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text)

test('the lines of a batch', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('dli:batch')[0]?.ref ?? ''
  expect(await collect(jobs.logs(ref))).toEqual([
    { text: 'driver started', source: undefined },
    { text: 'stage 0 done', source: undefined },
  ])
})

test.each([
  ['modelarts:training', 'worker-0', ['epoch 1 done']],
  ['modelarts:training-version', 'job-bert-tune.0', ['epoch 1 done', 'epoch 2 done']],
])('the logs of %s, each with its source', async (kind, source, lines) => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list(kind)[0]?.ref ?? ''
  expect(await collect(jobs.logs(ref))).toEqual(lines.map(text => ({ text, source })))
})

test('lines that are counted are followed to the end of the job, none twice', async () => {
  const { mock, clients } = await setUp()
  const { id } = await clients.dli.createBatch({ body: { file: 'obs://bucket/a.jar', className: 'A' } })
  const written = (count: number) => Array.from({ length: Math.min(7, 1 + count) }, (_, index) => `line ${index}`)
  const fetch = answering(/log$/, (query, count) => {
    const from = Number(query.get('from'))
    return { id, from, total: 7, log: written(count).slice(from) }
  })
  const options = { endpoint: mock.url('dli'), projectId: 'p1', credentials: token('t'), fetch }
  const jobs = createJobs({ dli: createDliClient(options) }, { clock: mock.clock })
  const lines = texts(await collect(jobs.logs(`dli:batch:${id}`, { follow: true, interval: '5s' })))
  expect(lines).toEqual(written(6))
})

/** The one training job of a mock, whose log is asked for by `fetch`. */
async function training(answer: (query: URLSearchParams, count: number) => object, kind: string, route: RegExp) {
  const { mock } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list(`modelarts:${kind}`)[0]?.ref ?? ''
  mock.jobs.setScenario(ref, 'run')
  const options = { endpoint: mock.url('modelarts'), projectId: 'p1', credentials: token('t') }
  const modelarts = createModelArtsClient({ ...options, fetch: answering(route, answer) })
  return { ref, jobs: createJobs({ modelarts }, { clock: mock.clock }) }
}

test('of a log that comes as a whole only what is new is told, also when its beginning is cut', async () => {
  const line = (index: number) => `step ${index} ${'.'.repeat(400)}\n`
  const whole = Array.from({ length: 12 }, (_, index) => line(index)).join('')
  // It grows by half lines, and is cut to its end after a while.
  const written = (count: number) => whole.slice(count > 4 ? 1500 : 0, 200 + count * 600)
  const { ref, jobs } = await training((_, count) => ({ content: written(count) }), 'training', /preview$/)
  const lines = texts(await collect(jobs.logs(ref, { follow: true, interval: '5s' })))
  const told = lines.join('\n')
  expect(lines.length).toBeGreaterThan(5)
  expect(whole.startsWith(told)).toBe(true)
})

test('a log with positions is read on from where it was', async () => {
  const asked: (string | null)[] = []
  const { ref, jobs } = await training(
    (query, count) => {
      asked.push(query.get('base_line'))
      const content = count % 2 ? '' : `line ${count}\n`
      return { is_success: true, content, lines: 1, start_line: `${count}`, end_line: content ? `${count}` : '' }
    },
    'training-version',
    /aom-log$/,
  )
  const lines = texts(await collect(jobs.logs(ref, { follow: true, interval: '10s' })))
  expect(lines.slice(0, 2)).toEqual(['line 0', 'line 2'])
  expect(asked.slice(0, 4)).toEqual([null, '0', '0', '2'])
})

test('a kind without logs says so', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('cs:job')[0]?.ref ?? ''
  await expect(collect(jobs.logs(ref))).rejects.toThrow('cs has no call for the logs of jobs of the kind job')
})
