import { ApiError, ArgumentError } from '@jobscope/core'
import type { JobEvent, ListOptions, ServiceJob } from '@jobscope/jobs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BoardUpdate, createJobBoard } from './job-board.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z') }))
afterEach(() => void vi.useRealTimers())

const create = (id: string, members: Partial<ServiceJob> = {}) =>
  ({
    ref: `cs:job:${id}`,
    service: 'cs',
    kind: 'job',
    id,
    state: 'running',
    rawState: 'job_running',
    ...members,
  }) as ServiceJob

type ListResult = readonly ServiceJob[] | { readonly error: unknown } | 'hang'

/** Creates a board. Each time it lists jobs, it gets the next of these results. `send` makes the watch return an event. */
function setUp(...results: ListResult[]) {
  const lists: ListOptions[] = []
  const watches: AbortSignal[] = []
  /** Jobs that have already ended when the watch reads them for the first time. */
  const endedBeforePoll: ServiceJob[] = []
  /** The results of `get` by reference. Other jobs do not exist. */
  const single = new Map<string, ServiceJob | Error>()
  const reads: string[] = []
  let send: (event: object) => void = () => {}
  let failWatch: (error: unknown) => void = () => {}
  const untilAbort = (signal: AbortSignal | undefined) =>
    new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))
  const source = {
    async get(ref: string) {
      reads.push(ref)
      const status = { status: 404, code: '404', kind: 'not-found' } as const
      const result = single.get(ref) ?? new ApiError('showJob', 'no such job', status)
      if (result instanceof Error) throw result
      return result
    },
    async *list(options: ListOptions) {
      lists.push(options)
      const result = results.shift() ?? []
      if (result === 'hang') await untilAbort(options.signal)
      else if ('error' in result) options.onError?.({ service: 'cs', kind: 'job', error: result.error })
      else yield* result as ServiceJob[]
    },
    async *watch(_: object, { signal, endedSince }: { signal: AbortSignal; endedSince: Date }) {
      watches.push(signal)
      for (const job of endedBeforePoll) {
        if (job.finishedAt && job.finishedAt >= endedSince) yield { type: 'ended', service: 'cs', kind: 'job', job }
      }
      for (;;) {
        const next = new Promise<object>((resolve, reject) => {
          send = resolve
          failWatch = reject
        })
        yield await Promise.race([next, untilAbort(signal)])
      }
    },
  }
  const controller = new AbortController()
  const board = createJobBoard(source as never, {
    kinds: ['cs:job'],
    since: new Date('2026-11-01'),
    signal: controller.signal,
    getQueue: ({ id }) => (id === '1' ? 'etl' : undefined),
  })
  const updates: BoardUpdate[] = []
  return {
    board,
    updates,
    lists,
    watches,
    endedBeforePoll,
    single,
    reads,
    controller,
    subscribe: () => board.subscribe(update => void updates.push(update)),
    async send(event: Partial<JobEvent>) {
      send({ service: 'cs', kind: 'job', ...event })
      await vi.advanceTimersByTimeAsync(100)
    },
    async failWatch(error: unknown) {
      failWatch(error)
      await vi.advanceTimersByTimeAsync(100)
    },
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('lists and watches the jobs only after the first listener has subscribed', async () => {
  const { board, lists, watches, subscribe } = setUp([])
  await pass(100)
  expect([lists.length, watches.length, board.statuses()]).toEqual([0, 0, { 'cs:job': { status: 'loading' } }])
  subscribe()
  subscribe()
  await pass(100)
  expect([lists.length, watches.length]).toEqual([1, 1])
  expect(lists[0]).toMatchObject({ kinds: ['cs:job'], since: new Date('2026-11-01'), limit: 10_000 })
})

test('sends all changes of 100 ms as one update', async () => {
  const { board, updates, subscribe } = setUp([create('1'), create('2')])
  subscribe()
  await pass(99)
  expect(updates).toEqual([])
  await pass(1)
  expect(updates).toEqual([
    {
      jobs: [expect.objectContaining({ ref: 'cs:job:1', queue: 'etl' }), expect.objectContaining({ ref: 'cs:job:2' })],
      removed: [],
      statuses: { 'cs:job': { status: 'ready' } },
    },
  ])
  expect(board.jobs().map(({ id }) => id)).toEqual(['1', '2'])
  await pass(1000)
  expect(updates).toHaveLength(1)
})

test('an update has the removed jobs, but has the statuses only if one of them has changed', async () => {
  const { board, updates, subscribe, send } = setUp([create('1'), create('2')])
  subscribe()
  await pass(100)
  await send({ type: 'gone', ref: 'cs:job:1' } as Partial<JobEvent>)
  expect(updates.at(-1)).toEqual({ jobs: [], removed: ['cs:job:1'], statuses: undefined })
  expect(board.jobs().map(({ id }) => id)).toEqual(['2'])
})

test('keeps each change of a state, but not the state in which a job appeared', async () => {
  const { board, subscribe, send } = setUp([])
  subscribe()
  await pass(100)
  const getObserved = () => board.observed('cs:job:1').map(({ rawState }) => rawState)
  await send({ type: 'appeared', job: create('1', { rawState: 'job_init' }) } as Partial<JobEvent>)
  expect(getObserved()).toEqual([])
  for (const rawState of ['job_running', 'job_running', 'job_finish'])
    await send({ type: 'changed', job: create('1', { rawState }) } as Partial<JobEvent>)
  expect(getObserved()).toEqual(['job_running', 'job_finish'])
  for (let index = 0; index < 120; index++)
    await send({ type: 'changed', job: create('1', { rawState: `state-${index}` }) } as Partial<JobEvent>)
  expect([getObserved().length, getObserved()[0], getObserved().at(-1)]).toEqual([100, 'state-20', 'state-119'])
  await send({ type: 'gone', ref: 'cs:job:1' } as Partial<JobEvent>)
  expect(getObserved()).toEqual([])
})

test('shows that a job has ended if it ended after the list was read and before the first poll of the watch', async () => {
  const { board, subscribe, endedBeforePoll } = setUp([create('1', { rawState: 'job_running' })])
  const finishedAt = new Date(Date.now() - 1000)
  endedBeforePoll.push(create('1', { state: 'succeeded', rawState: 'job_finish', finishedAt }))
  subscribe()
  await pass(100)
  expect(board.jobs().map(({ rawState }) => rawState)).toEqual(['job_finish'])
})

test('a list with 10,000 jobs is truncated, and a shorter list is complete', async () => {
  const createMany = (count: number) => Array.from({ length: count }, (_, index) => create(`${index}`))
  const complete = setUp(createMany(9_999))
  complete.subscribe()
  await pass(100)
  expect(complete.board.statuses()).toEqual({ 'cs:job': { status: 'ready' } })
  const truncated = setUp(createMany(10_000))
  truncated.subscribe()
  await pass(100)
  expect(truncated.board.statuses()).toEqual({ 'cs:job': { status: 'truncated', limit: 10_000 } })
})

test('reads a failed list again after pauses that double from 5 s to 60 s', async () => {
  const error = new Error('refused')
  const { board, lists, subscribe } = setUp(...Array.from({ length: 6 }, () => ({ error })), [create('1')])
  subscribe()
  await pass(100)
  expect(board.statuses()['cs:job']).toMatchObject({ status: 'failed', message: expect.stringContaining('refused') })
  for (const [index, pause] of [5, 10, 20, 40, 60, 60].entries()) {
    await pass(pause * 1000 - 200)
    expect(lists).toHaveLength(index + 1)
    await pass(200)
    expect(lists).toHaveLength(index + 2)
  }
  expect(board.statuses()).toEqual({ 'cs:job': { status: 'ready' } })
})

test('a kind whose list requires an argument is unavailable, and its list is not read again', async () => {
  const { board, lists, subscribe } = setUp({ error: new ArgumentError('listJobs', 'workspace_id', 'is missing') })
  subscribe()
  await pass(600_000)
  expect(board.statuses()['cs:job']).toMatchObject({ status: 'unavailable' })
  expect(lists).toHaveLength(1)
})

test('after an error of the watch, the list is read again until it succeeds', async () => {
  const { board, lists, subscribe, send } = setUp([], { error: new Error('still refused') }, [])
  subscribe()
  await pass(100)
  await send({ type: 'error', error: new Error('refused') } as Partial<JobEvent>)
  expect([lists.length, board.statuses()['cs:job']?.status]).toEqual([2, 'failed'])
  await send({ type: 'error', error: new Error('refused') } as Partial<JobEvent>)
  expect(lists).toHaveLength(2)
  await pass(5000)
  expect([lists.length, board.statuses()['cs:job']?.status]).toEqual([3, 'ready'])
  await send({ type: 'error', error: new ArgumentError('listJobs', 'x', 'is missing') } as Partial<JobEvent>)
  expect([lists.length, board.statuses()['cs:job']?.status]).toEqual([3, 'ready'])
})

test('if the watch fails, all kinds get the status failed', async () => {
  const { board, subscribe, failWatch } = setUp([])
  subscribe()
  await pass(100)
  await failWatch(new Error('no watch'))
  expect(board.statuses()['cs:job']).toMatchObject({ status: 'failed', message: expect.stringContaining('no watch') })
})

test('stops listing and watching 30 s after the last listener has left, and reports no error', async () => {
  const { board, watches, lists, subscribe } = setUp('hang', [])
  const leave = [subscribe(), subscribe()]
  await pass(100)
  leave[0]?.()
  await pass(60_000)
  expect(watches[0]?.aborted).toBe(false)
  leave[1]?.()
  await pass(29_000)
  const leaveAgain = subscribe()
  await pass(60_000)
  expect([watches.length, watches[0]?.aborted]).toEqual([1, false])
  leaveAgain()
  await pass(29_999)
  expect(watches[0]?.aborted).toBe(false)
  await pass(1)
  expect([watches[0]?.aborted, lists[0]?.signal?.aborted]).toEqual([true, true])
  await pass(1000)
  expect(board.statuses()).toEqual({ 'cs:job': { status: 'loading' } })
  subscribe()
  await pass(100)
  expect([watches.length, board.statuses()['cs:job']?.status]).toEqual([2, 'ready'])
})

/** Lists the jobs 1 to 4, and stops. Then starts again with a list that has only job 3. */
async function restart(single: Map<string, ServiceJob | Error>, moreLists: readonly ListResult[] = []) {
  const ended = create('4', { state: 'succeeded', rawState: 'job_finish' })
  const setup = setUp([create('1'), create('2'), create('3'), ended], [create('3')], ...moreLists)
  for (const [ref, result] of single) setup.single.set(ref, result)
  const leave = setup.subscribe()
  await pass(100)
  expect(setup.reads).toEqual([])
  leave()
  await pass(31_000)
  setup.subscribe()
  await pass(100)
  return setup
}

test('after a restart, reads the open jobs again that are not listed any more, and removes those that do not exist', async () => {
  const ended = create('1', { state: 'succeeded', rawState: 'job_finish' })
  const { board, reads, updates } = await restart(new Map([['cs:job:1', ended]]))
  expect(reads).toEqual(['cs:job:1', 'cs:job:2'])
  expect(board.jobs().map(({ id, state }) => `${id} ${state}`)).toEqual(['1 succeeded', '3 running', '4 succeeded'])
  expect(updates.at(-1)?.removed).toEqual(['cs:job:2'])
  expect(board.statuses()).toEqual({ 'cs:job': { status: 'ready' } })
})

test('if a job cannot be read again, keeps it and tries again after a pause', async () => {
  const single = new Map([['cs:job:1', new Error('refused')]])
  const { board, single: results } = await restart(single, [[create('3')]])
  expect(board.jobs()).toHaveLength(4)
  expect(board.statuses()['cs:job']).toMatchObject({ status: 'failed', message: expect.stringContaining('refused') })
  results.delete('cs:job:1')
  await pass(5000)
  expect(board.jobs().map(({ id }) => id)).toEqual(['3', '4'])
  expect(board.statuses()).toEqual({ 'cs:job': { status: 'ready' } })
})

test('after the signal has aborted, sends no updates and does not list jobs again', async () => {
  const { board, updates, lists, subscribe, controller } = setUp([create('1')])
  subscribe()
  await pass(50)
  controller.abort()
  await pass(60_000)
  expect(updates).toEqual([])
  subscribe()
  await pass(100)
  expect([lists.length, board.statuses()['cs:job']?.status]).toEqual([1, 'ready'])
})
