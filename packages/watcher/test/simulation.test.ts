import { ApiError, NetworkError } from '@jobscope/core'
import { createPollState, pollOnce } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import type { WatcherEvent } from '../src/engine/job-event.ts'
import { runShard, type ShardSource } from '../src/engine/run-shard.ts'
import { startWorker } from '../src/engine/worker.ts'
import { deliverEvents } from '../src/sinks/deliver-events.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import type { Run, ShardCommit, Store } from '../src/store/store.ts'
import { createRandom, createService, createVirtualTime, type SimulatedJob } from './simulation.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 0, 1)

const defaultJobCount = 2000
const jobCount = Number(process.env['JOBSCOPE_SIMULATED_JOBS'] ?? defaultJobCount)
const seed = Number(process.env['JOBSCOPE_SEED'] ?? 1)
const shardCount = 60
const accountCount = 5
const workerCount = 4
const rate = 20
const burst = 40
const intervals = { interval: '1m', maxInterval: '8m' } as const

function createJobs(random: () => number, jobCount: number): SimulatedJob[][] {
  const shards: SimulatedJob[][] = Array.from({ length: shardCount }, () => [])
  for (let index = 0; index < jobCount; index++) {
    // A tenth of the jobs exists before the watch begins.
    const createdAt = index % 10 === 0 ? start - random() * 2 * hour : start + random() * (day - 4 * hour)
    const runningAt = createdAt + random() * 20 * minute
    const endedAt = runningAt + random() * (random() < 0.1 ? 6 * hour : 30 * minute)
    const lastState = random() < 0.8 ? 'success' : 'dead'
    shards[index % shardCount]?.push({ id: `j${index}`, createdAt, runningAt, endedAt, lastState })
  }
  return shards
}

/**
 * Creates a function that throws the errors of a shard's service. Each service has one outage, in which it either fails or throttles all
 * requests. At other times, 1 % of the requests fail.
 */
function createFaults(random: () => number, getNow: () => number) {
  const outages = Array.from({ length: shardCount }, () => {
    const from = start + random() * 20 * hour
    return { from, to: from + random() * hour, isThrottled: random() < 0.5 }
  })
  return (shard: number) => {
    const { from, to, isThrottled } = outages[shard] as (typeof outages)[number]
    const now = getNow()
    const isDown = now >= from && now < to
    if (isDown && isThrottled) {
      throw new ApiError('listBatches', 'Too many requests.', { status: 429, code: '429', kind: 'rate-limit' } as never)
    }
    if (isDown || random() < 0.01) throw new NetworkError('listBatches', 'The connection was reset.', {} as never)
  }
}

/** Whether the database cannot be reached. */
const isDatabaseDown = (now: number): boolean =>
  [start + 5 * hour, start + 15 * hour].some(from => now >= from && now < from + 2 * minute)

interface Delivery {
  readonly event: WatcherEvent
  readonly at: number
}

async function simulate(hasFaults: boolean, jobCount: number) {
  const random = createRandom(seed)
  const jobs = createJobs(random, jobCount)
  const time = createVirtualTime(start)
  const { clock } = time
  const store = createMemoryStore(clock.now)
  const fail = createFaults(random, clock.now)
  const requests: number[][] = Array.from({ length: accountCount }, () => [])
  const deliveries: Delivery[] = []
  const receiverDown = { from: start + 8 * hour, to: start + 8 * hour + 10 * minute }

  const sources = new Map<string, Omit<ShardSource, 'client'> & { readonly index: number }>()
  for (let index = 0; index < shardCount; index++) {
    const account = index % accountCount
    const definition = { account: `a${account}`, project: 'p', region: `r${index}`, service: 'dli', kind: 'batch' }
    const id = `a${account}/p/r${index}/dli/batch`
    sources.set(id, { id, ...definition, rate, burst, rules: [], ...intervals, index })
  }
  await store.addShards([...sources.values()], start)
  for (const id of sources.keys()) await store.addRun('shards', id)
  await store.addRun('sinks', 'receiver')

  /** Starts a worker. After `kill`, the promises that the worker awaits never settle. */
  const startProcess = () => {
    let isAlive = true
    const never = new Promise<never>(() => {})
    let stoppedUntil = 0
    let nextPause = 0
    const guard = async <T>(work: () => Promise<T>): Promise<T> => {
      if (clock.now() < stoppedUntil) await clock.sleep(stoppedUntil - clock.now())
      if (!isAlive) return never
      const result = await work()
      if (clock.now() < stoppedUntil) await clock.sleep(stoppedUntil - clock.now())
      return isAlive ? result : never
    }
    const processClock = {
      now: clock.now,
      sleep: (ms: number, signal?: AbortSignal) => guard(() => clock.sleep(ms, signal)),
    }
    const call = async <T>(method: () => Promise<T>): Promise<T> => {
      if (hasFaults && isDatabaseDown(clock.now())) throw new Error('The database cannot be reached.')
      const result = await method()
      // The connection breaks after the commit, so that the worker cannot find out whether the commit was successful.
      if (hasFaults && random() < 0.001) throw new Error('The connection was lost.')
      return result
    }
    const processStore = Object.fromEntries(
      Object.entries(store).map(([name, method]) => [
        name,
        (...args: unknown[]) => {
          const isCommit = name === 'commitRun' && (args[1] as ShardCommit).events.length > 0
          if (isCommit && nextPause > 0) {
            stoppedUntil = clock.now() + nextPause
            nextPause = 0
          }
          return guard(() => call(() => (method as (...args: unknown[]) => Promise<unknown>)(...args)))
        },
      ]),
    ) as unknown as Store
    const context = { store: processStore, now: clock.now, random, cache: new Map(), redact: (text: string) => text }
    const clients = jobs.map((shardJobs, index) =>
      createService({
        jobs: shardJobs,
        clock: processClock,
        latency: () => 50 + random() * 200,
        onRequest: () => {
          requests[index % accountCount]?.push(clock.now())
          if (hasFaults) fail(index)
        },
      }),
    )
    const onError = () => {}
    startWorker({
      store: processStore,
      queue: 'shards',
      clock: processClock,
      concurrency: 8,
      pollInterval: 5000,
      onError,
      async handle(run: Run, signal) {
        const source = sources.get(run.key)
        if (source) await runShard(context, { ...source, client: clients[source.index] as never }, run, signal)
      },
    })
    const sink = {
      name: 'receiver',
      async deliver(events: readonly WatcherEvent[]) {
        await processClock.sleep(20 + random() * 100)
        const isDown = hasFaults && clock.now() >= receiverDown.from && clock.now() < receiverDown.to
        if (isDown) throw new Error('The receiver does not respond.')
        for (const event of events) deliveries.push({ event, at: clock.now() })
        if (hasFaults && random() < 0.01) throw new Error('The response was lost.')
      },
    }
    startWorker({
      store: processStore,
      queue: 'sinks',
      clock: processClock,
      concurrency: 1,
      pollInterval: 5000,
      onError,
      handle: (run, signal) => deliverEvents(context, sink, run, signal),
    })
    return {
      kill: () => {
        isAlive = false
      },
      /** Stops the process for a while before its next commit, as SIGSTOP does. Other workers take over its runs. */
      pause: (duration: number) => {
        nextPause = duration
      },
    }
  }

  const workers = Array.from({ length: workerCount }, startProcess)
  if (hasFaults) {
    for (let kill = 1; kill * 10 * minute < day; kill++) {
      time.at(start + kill * 10 * minute, () => {
        const index = kill % workerCount
        workers[index]?.kill()
        workers[index] = startProcess()
      })
    }
    for (let pause = 1; pause * 17 * minute < day; pause++) {
      time.at(start + pause * 17 * minute, () => workers[(pause + 2) % workerCount]?.pause(5 * minute))
    }
  }
  await time.runUntil(start + day)
  const versions = (await store.listShards()).reduce((sum, { version }) => sum + version, 0)
  return { jobs, requests, deliveries, store, versions }
}

/** Counts the requests of a single process that watches the same shards without interruption and without faults. */
async function countRequestsOfPlainWatch(jobCount: number): Promise<number> {
  const random = createRandom(seed)
  const jobs = createJobs(random, jobCount)
  const time = createVirtualTime(start)
  let count = 0
  for (const shardJobs of jobs) {
    const onRequest = () => {
      count++
    }
    const kind = createService({ jobs: shardJobs, clock: time.clock, latency: () => 100, onRequest })
    const state = createPollState(start)
    const watch = async () => {
      for (;;) {
        const { nextDue = 0 } = await pollOnce(kind, state, { now: time.clock.now, random, ...intervals })
        await time.clock.sleep(Math.max(1, nextDue - time.clock.now()))
      }
    }
    watch()
  }
  await time.runUntil(start + day)
  return count
}

/**
 * Returns the largest number of requests over the limit in any period. The limit of a period is `burst` plus the requests that the rate
 * allows.
 */
function computeExcess(times: readonly number[]): number {
  let tokens = burst
  let previous = start
  let lowest = burst
  for (const time of times) {
    tokens = Math.min(burst, tokens + ((time - previous) / 1000) * rate) - 1
    previous = time
    lowest = Math.min(lowest, tokens)
  }
  return Math.max(0, -lowest)
}

/** Returns the number of an event in its shard. */
const getNumber = (id: string): number => Number(id.split('#')[1])

test(`reports the ends of all ${jobCount} jobs of a day, although workers are killed and stopped and services fail`, async () => {
  const { jobs, requests, deliveries } = await simulate(true, jobCount)
  const bodies = new Map<string, string>()
  const eventsByJob = new Map<string, WatcherEvent[]>()
  let duplicates = 0
  const problems: string[] = []
  for (const { event } of deliveries) {
    const body = JSON.stringify(event)
    if (bodies.has(event.id)) {
      duplicates++
      if (bodies.get(event.id) !== body) problems.push(`${event.id}: another body`)
      continue
    }
    bodies.set(event.id, body)
    const subject = `${event.source} ${event.subject}`
    const events = eventsByJob.get(subject) ?? []
    events.push(event)
    eventsByJob.set(subject, events)
  }
  jobs.forEach((shardJobs, index) => {
    for (const { id, endedAt, lastState } of shardJobs) {
      const source = `/jobscope/a${index % accountCount}/p/r${index}/dli/batch`
      const events = eventsByJob.get(`${source} dli:batch:${id}`) ?? []
      const types = events.map(({ type }) => type)
      // Jobs that end in the last hour are not checked, because outages and the longest interval can delay their events.
      const isDue = endedAt > start && endedAt < start + day - hour
      const ends = events.filter(({ type }) => type === 'jobscope.job.ended')
      if (isDue && ends.length !== 1) problems.push(`${id}: ${types}`)
      if (ends.some(({ data }) => data.rawState !== lastState)) problems.push(`${id}: wrong state`)
    }
  })
  for (const [subject, events] of eventsByJob) {
    events.forEach(({ id, type, data }, index) => {
      const previous = events[index - 1]
      if (!previous) return
      if (getNumber(id) < getNumber(previous.id)) problems.push(`${subject}: not in order`)
      if (data.previousRawState !== previous.data.rawState)
        problems.push(`${subject}: does not follow ${previous.type}`)
      if (previous.type === 'jobscope.job.ended') problems.push(`${subject}: ${type} after its end`)
    })
  }
  expect(problems).toEqual([])
  expect(duplicates).toBeGreaterThan(0)
  expect(requests.map(computeExcess)).toEqual(requests.map(() => 0))
}, 900_000)

test('sends at most 1.2 times as many requests as a single process without a database', async () => {
  const { requests } = await simulate(false, defaultJobCount)
  const count = requests.reduce((sum, { length }) => sum + length, 0)
  const plain = await countRequestsOfPlainWatch(defaultJobCount)
  expect(count).toBeLessThanOrEqual(1.2 * plain)
  expect(count).toBeGreaterThan(0.5 * plain)
}, 900_000)
