import { expect, test } from 'vitest'
import { type Sink, type WatcherEvent, webhook } from '../src/index.ts'
import { deliverEvents, replayDeadLetters } from '../src/sinks/deliver-events.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'

const start = Date.UTC(2026, 0, 1)
const second = 1000
const minute = 60 * second
const shard = { id: 'a/p/r/dli/batch', account: 'a', project: 'p', region: 'r', service: 'dli', kind: 'batch' }

/** Sets up a store with a sink, on a clock that only `deliverUntil` advances. An event is added every second. */
async function setUp(createSink: (now: () => number) => Sink) {
  let time = start
  const now = () => time
  const store = createMemoryStore(now)
  const sink = createSink(now)
  await store.addShards([shard], start)
  await store.addRun('shards', shard.id)
  await store.addRun('sinks', sink.name)
  let version = 0
  let attempts = 0
  const addEvent = async () => {
    const [run] = await store.fetchRuns('shards', 1)
    if (!run) throw new Error('The shard is not due.')
    const event = { ref: 'dli:batch:1', type: 'changed', time, data: {} }
    const commit = { version: version++, progress: {}, saveJobs: [], removeJobs: [], history: [], nextIn: 0 }
    await store.commitRun(run, { ...commit, events: [event] })
  }
  const deliver = async () => {
    for (const run of await store.fetchRuns('sinks', 1)) {
      attempts++
      const context = { store, now, random: () => 0.5, redact: (text: string) => text }
      await deliverEvents(context, sink, run, new AbortController().signal)
    }
  }
  return {
    store,
    sink,
    deliver,
    countAttempts: () => attempts,
    async deliverUntil(end: number) {
      for (; time < end; time += second) {
        await addEvent()
        await deliver()
      }
    },
  }
}

/** A receiver of webhooks with a status code that a test can change. */
function createReceiver() {
  const receiver = { status: 204, received: [] as WatcherEvent[] }
  const fetch = async (url: unknown, init?: RequestInit) => {
    const events: WatcherEvent[] = await new Request(url as string, init).json()
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
    const { deliverUntil, countAttempts, store } = await setUp(now =>
      webhook({ url: 'https://example.com', fetch, now }),
    )
    await deliverUntil(start + minute)
    expect(getNumbers(receiver.received)).toEqual(countTo(60))
    receiver.status = status
    const before = countAttempts()
    await deliverUntil(start + 11 * minute)
    expect(receiver.received).toHaveLength(60)
    expect(countAttempts() - before).toBeLessThan(20)
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
  expect(await replayDeadLetters(store, sink, signal)).toBe(letters.length)
  expect(getNumbers(receiver.received)).toEqual(letters.map(({ event }) => event.seq))
  expect(await replayDeadLetters(store, sink, signal)).toBe(0)
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
