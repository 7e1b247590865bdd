import { expect, test } from 'vitest'
import { RejectedEventError, type Sink, type WatcherEvent, webhook } from '../src/index.ts'
import { deliverEvents, replayDeadLetters, waitForDelivery } from '../src/sinks/deliver-events.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'

const start = Date.UTC(2026, 0, 1)
const second = 1000
const minute = 60 * second
const createShard = (account: string) => {
  const id = `${account}/p/r/dli/batch`
  return { id, account, project: 'p', region: 'r', service: 'dli', kind: 'batch' }
}

/**
 * Sets up a store with a sink, on a clock that only `deliverUntil` and slow sinks advance. `deliverUntil` adds an event every second.
 * More shards have the IDs `b/p/r/dli/batch` and so on.
 */
async function setUp(createSink: (now: () => number, advance: (ms: number) => void) => Sink, accounts = ['a']) {
  let time = start
  const now = () => time
  const store = createMemoryStore(now)
  const sink = createSink(now, ms => {
    time += ms
  })
  await store.addShards(accounts.map(createShard), start)
  await store.addRun('sinks', sink.name)
  const addEvents = async (account: string, count: number, type = 'changed') => {
    const { id } = createShard(account)
    await store.addRun('shards', id)
    const [run] = await store.fetchRuns('shards', 1)
    if (run?.key !== id) throw new Error('The shard is not due.')
    const { version = 0 } = (await store.loadShard(id)) ?? {}
    const events = Array.from({ length: count }, () => ({ ref: 'dli:batch:1', type, time, data: {} }))
    await store.commitRun(run, { version, progress: {}, saveJobs: [], removeJobs: [], history: [], nextIn: 0, events })
    const [next] = await store.fetchRuns('shards', 1)
    if (next) await store.removeRun(next)
  }
  const deliveries: (readonly [count: number, lag: number])[] = []
  const deliver = async () => {
    for (const run of await store.fetchRuns('sinks', 1)) {
      const onDelivered = (count: number, detectedAt: number) => void deliveries.push([count, time - detectedAt])
      const context = { store, now, random: () => 0.5, redact: (text: string) => text, onDelivered }
      await deliverEvents(context, sink, run, new AbortController().signal)
    }
  }
  return {
    store,
    sink,
    now,
    deliver,
    deliveries,
    addEvents,
    wait: (ms: number) => {
      time += ms
    },
    async deliverUntil(end: number, count = 1) {
      for (; time < end; time += second) {
        if (count > 0) await addEvents('a', count)
        await deliver()
      }
    },
  }
}

/** A receiver of webhooks with a status code that a test can change. */
function createReceiver() {
  const receiver = { status: 204, attempts: 0, received: [] as WatcherEvent[] }
  const fetch = async (url: unknown, init?: RequestInit) => {
    const events: WatcherEvent[] = await new Request(url as string, init).json()
    receiver.attempts++
    if (receiver.status === 0) throw new TypeError('fetch failed')
    if (receiver.status < 300) receiver.received.push(...events)
    return new Response(null, { status: receiver.status })
  }
  return { receiver, fetch }
}

const getNumbers = (events: readonly WatcherEvent[]) => events.map(({ id }) => Number(id.split('#')[1]))
const countTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test.each([0, 500, 404])(
  'a receiver that is dead for 10 minutes (status %i) gets all events once, in order',
  async status => {
    const { receiver, fetch } = createReceiver()
    const { deliverUntil, store } = await setUp(now => webhook({ url: 'https://example.com', fetch, now }))
    await deliverUntil(start + minute)
    expect(getNumbers(receiver.received)).toEqual(countTo(60))
    receiver.status = status
    receiver.attempts = 0
    await deliverUntil(start + 11 * minute)
    expect(receiver.received).toHaveLength(60)
    expect(receiver.attempts).toBeLessThan(20)
    receiver.status = 204
    // The longest pause between two attempts is 5 minutes. Outside of this test, it varies randomly by up to 20 %.
    await deliverUntil(start + 18 * minute)
    expect(getNumbers(receiver.received)).toEqual(countTo(receiver.received.length))
    expect(receiver.received.length).toBeGreaterThan(17 * 60)
    expect(await store.listDeadLetters('webhook')).toEqual([])
  },
)

test('events become dead letters after retryFor, and a replay delivers each dead letter once', async () => {
  const { receiver, fetch } = createReceiver()
  const { deliverUntil, sink, store } = await setUp(now =>
    webhook({ url: 'https://example.com', fetch, now, retryFor: 10 * minute }),
  )
  receiver.status = 500
  await deliverUntil(start + 20 * minute)
  const letters = await store.listDeadLetters('webhook')
  expect(letters.length).toBeGreaterThan(0)
  expect(letters[0]?.error).toBe('The receiver responded with status code 500.')
  receiver.status = 204
  const { signal } = new AbortController()
  expect(await replayDeadLetters(store, sink, signal)).toEqual({ delivered: letters.length, failures: [] })
  expect(getNumbers(receiver.received)).toEqual(letters.map(({ event }) => event.seq))
  expect(await replayDeadLetters(store, sink, signal)).toEqual({ delivered: 0, failures: [] })
})

test('a replay delivers all events since a time again with the same IDs, even during another delivery', async () => {
  const received: WatcherEvent[] = []
  let whileDelivering = async () => {}
  const { deliverUntil, store } = await setUp(() => ({
    name: 'sink',
    async deliver(events) {
      received.push(...events)
      await whileDelivering()
    },
  }))
  await deliverUntil(start + 10 * second)
  whileDelivering = async () => {
    whileDelivering = async () => {}
    await store.rewindSink('sink', start + 5 * second)
  }
  await deliverUntil(start + 12 * second)
  expect(getNumbers(received)).toEqual([...countTo(11), 6, 7, 8, 9, 10, 11, 12])
  const bodies = new Map<string, string>()
  for (const event of received) {
    const body = JSON.stringify(event)
    expect(bodies.get(event.id) ?? body).toBe(body)
    bodies.set(event.id, body)
  }
})

/** A sink that records the numbers of the events in each call, and fails if a call contains an event for which `fails` is true. */
const createRecorder =
  (calls: string[][], fails: (id: string) => Error | undefined, options: Partial<Sink> = {}): (() => Sink) =>
  () => ({
    name: 'sink',
    async deliver(events) {
      const ids = events.map(({ id }) => id.replace('/p/r/dli/batch', ''))
      calls.push(ids)
      const error = ids.map(fails).find(Boolean)
      if (error) throw error
    },
    ...options,
  })

test('the lag of each delivered event is reported', async () => {
  const { deliver, deliveries, addEvents, wait } = await setUp(
    createRecorder([], () => undefined, { types: ['ended'] }),
  )
  await addEvents('a', 2, 'ended')
  wait(10 * second)
  await addEvents('a', 1, 'ended')
  await addEvents('a', 5, 'changed')
  wait(5 * second)
  await addEvents('a', 1, 'changed')
  await deliver()
  expect(deliveries).toEqual([
    [2, 15 * second],
    [1, 5 * second],
  ])
})

test('after the clock was set back, a sink does not wait longer than its longest pause', async () => {
  const calls: string[][] = []
  const { deliver, addEvents, wait } = await setUp(createRecorder(calls, () => new Error('no')))
  await addEvents('a', 1)
  await deliver()
  wait(-60 * minute)
  await deliver()
  wait(second)
  await deliver()
  expect(calls).toHaveLength(2)
})

test('an event that always fails delays only the events of the same shard', async () => {
  const calls: string[][] = []
  const fails = (id: string) => (id === 'a#1' ? new Error('no') : undefined)
  const { deliver, addEvents } = await setUp(createRecorder(calls, fails), ['a', 'b', 'c'])
  for (const account of ['a', 'b', 'c']) await addEvents(account, 2)
  await deliver()
  expect(calls).toEqual([
    ['a#1', 'a#2'],
    ['b#1', 'b#2'],
    ['c#1', 'c#2'],
  ])
})

test('a shard with a backlog does not delay the events of another shard', async () => {
  const calls: string[][] = []
  const { deliver, addEvents } = await setUp(
    createRecorder(calls, () => undefined),
    ['a', 'b'],
  )
  await addEvents('a', 20_000)
  await addEvents('b', 1)
  await deliver()
  expect(calls.findIndex(([id]) => id === 'b#1')).toBeLessThan(3)
  expect(calls.flat()).toHaveLength(20_001)
})

test('a slow sink alternates between shards, and a run ends before its lease expires', async () => {
  const calls: string[][] = []
  let time = () => start
  const { deliver, addEvents } = await setUp(
    (now, advance) => {
      time = now
      return {
        name: 'sink',
        batchSize: 1,
        async deliver(events) {
          calls.push(events.map(({ id }) => id))
          advance(2 * second)
        },
      }
    },
    ['a', 'b'],
  )
  await addEvents('a', 2000)
  await addEvents('b', 1)
  await deliver()
  expect(calls.findIndex(([id]) => id?.startsWith('b/'))).toBeLessThan(5)
  expect(time() - start).toBeLessThan(2 * minute)
})

test('with a dead receiver, each event becomes a dead letter when its own time has passed', async () => {
  const { receiver, fetch } = createReceiver()
  receiver.status = 500
  const { deliverUntil, store } = await setUp(now =>
    webhook({ url: 'https://example.com', fetch, now, retryFor: 10 * minute }),
  )
  await deliverUntil(start + 40 * minute)
  const letters = await store.listDeadLetters('webhook')
  // The longest pause between two attempts is 5 minutes.
  expect(letters.length).toBeGreaterThan(25 * 60 - 1)
  expect(letters.length).toBeLessThan(30 * 60 + 1)
})

test('after a failed batch, each event is sent alone, and no event that was delivered is sent again', async () => {
  const calls: string[][] = []
  const fails = (id: string) => (id === 'a#3' ? new RejectedEventError('400') : undefined)
  const { deliver, deliverUntil, addEvents, store } = await setUp(createRecorder(calls, fails))
  await addEvents('a', 6)
  await deliver()
  const batch = ['a#1', 'a#2', 'a#3', 'a#4', 'a#5', 'a#6']
  expect(calls).toEqual([batch, ['a#1'], ['a#2'], ['a#3']])
  await deliverUntil(start + 2 * second, 0)
  expect(await store.listDeadLetters('sink')).toEqual([])
  await deliverUntil(start + minute, 0)
  expect(calls).toEqual([batch, ['a#1'], ['a#2'], ['a#3'], ['a#3'], ['a#3'], ['a#4'], ['a#5'], ['a#6']])
  expect((await store.listDeadLetters('sink')).map(({ event }) => event.seq)).toEqual([3])
  await addEvents('a', 2)
  await deliverUntil(start + 2 * minute, 0)
  expect(calls.at(-1)).toEqual(['a#7', 'a#8'])
})

test('only rejections of an event count toward its three attempts, not other failures', async () => {
  const calls: string[][] = []
  const fails = () =>
    calls.length <= 5 ? new Error('500') : calls.length <= 7 ? new RejectedEventError('400') : undefined
  const { deliverUntil, addEvents, store } = await setUp(createRecorder(calls, fails))
  await addEvents('a', 1)
  await deliverUntil(start + 10 * minute, 0)
  expect(calls).toHaveLength(8)
  expect(await store.listDeadLetters('sink')).toEqual([])
})

test('a webhook with a template sends each event once although a later event fails', async () => {
  const bodies: string[] = []
  const { deliverUntil, addEvents } = await setUp(now =>
    webhook({
      url: 'https://example.com',
      now,
      format: ({ id }) => id,
      async fetch(_url, init) {
        bodies.push(JSON.parse(`${init?.body}`))
        return new Response(null, { status: `${init?.body}`.includes('#3') ? 400 : 204 })
      },
    }),
  )
  await addEvents('a', 5)
  await deliverUntil(start + minute, 0)
  expect(bodies.map(id => Number(id.split('#')[1]))).toEqual([1, 2, 3, 3, 3, 4, 5])
})

test('a replay delivers the other dead letters if the delivery of a dead letter fails', async () => {
  const calls: string[][] = []
  let fails = (_id: string): Error | undefined => new RejectedEventError('400')
  const { sink, deliverUntil, addEvents, store } = await setUp(createRecorder(calls, id => fails(id)))
  await addEvents('a', 3)
  await deliverUntil(start + minute, 0)
  expect(await store.listDeadLetters('sink')).toHaveLength(3)
  fails = id => (id === 'a#1' ? new Error('no') : undefined)
  const { delivered, failures } = await replayDeadLetters(store, sink, new AbortController().signal)
  expect(delivered).toBe(2)
  expect(failures.map(({ event }) => event.seq)).toEqual([1])
  expect((await store.listDeadLetters('sink')).map(({ event }) => event.seq)).toEqual([1])
})

test('waitForDelivery() waits until all events are delivered, and does not wait for shards that fail repeatedly', async () => {
  const calls: string[][] = []
  const fails = (id: string) =>
    id === 'a#1' ? new Error('no') : id === 'b#1' ? new RejectedEventError('400') : undefined
  const { store, now, deliverUntil, addEvents } = await setUp(createRecorder(calls, fails), ['a', 'b', 'c'])
  const { signal } = new AbortController()
  const clock = { now, sleep: () => deliverUntil(now() + second, 0) }
  for (const account of ['b', 'c']) await addEvents(account, 2)
  expect(await waitForDelivery(store, 'sink', clock, signal)).toEqual([])
  expect(calls.flat()).toEqual(expect.arrayContaining(['b#2', 'c#2']))
  await addEvents('a', 2)
  await addEvents('c', 2)
  expect(await waitForDelivery(store, 'sink', clock, signal)).toEqual(['a/p/r/dli/batch'])
  expect(calls.flat()).toContain('c#4')
  expect(now()).toBeLessThan(start + minute)
})
