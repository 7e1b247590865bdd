import type { Clock } from '@jobscope/core'
import { runShard, type ShardSource } from '../src/engine/run-shard.ts'
import type { ShardState } from '../src/engine/shard-state.ts'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import type { Run } from '../src/store/store.ts'
import { createRandom, createService, type SimulatedJob } from './simulation.ts'
import { createStatementStatistics, measurementMark } from './statement-statistics.ts'

export interface GrowthReport {
  readonly jobs: number
  readonly workers: number
  /** The number of requests per job and hour. */
  readonly requests: number
  /** Time that the server spent on statements, in ms per job and hour. */
  readonly databaseTime: number
}

const minute = 60_000
const hour = 60 * minute
const start = Date.UTC(2026, 0, 1)
const shardCount = 20

/** A pause that is longer than a measurement, so that runs start only after `makeDue`. */
const never = 24 * hour

/**
 * Measures the requests and the time of the database for an hour of virtual time. The jobs are spread over 20 shards. Most of the jobs run
 * all the time. Each poll is done by a random worker.
 */
export async function measureGrowth(url: string, jobCount: number, workers: number): Promise<GrowthReport> {
  const database = createPoolDatabase({ connectionString: url, onError: () => {} })
  await database.exec('drop schema if exists jobscope cascade; drop schema if exists jobscope_queue cascade')
  const statistics = await createStatementStatistics(database)
  const store = createPostgresStore({ database, onError: () => {}, supervision: 3600 })
  await store.start()
  const random = createRandom(1)
  let now = start
  let requests = 0
  const clock: Clock = { now: () => now, sleep: async () => {} }
  const sources = new Map<string, ShardSource>()
  for (let index = 0; index < shardCount; index++) {
    const client = createService({
      jobs: createJobs(jobCount / shardCount, random),
      clock,
      latency: () => 0,
      onRequest: () => {
        requests++
      },
    })
    const definition = { account: `a${index}`, project: 'p', region: 'r', service: 'dli', kind: 'batch' }
    const id = `a${index}/p/r/dli/batch`
    sources.set(id, {
      id,
      ...definition,
      client,
      interval: '1m',
      maxInterval: '8m',
      rate: 1e6,
      burst: 1e6,
      rules: [],
    })
  }
  await store.addShards([...sources.values()], start)
  for (const id of sources.keys()) await store.addRun('shards', id)
  const makeDue = (id: string) =>
    database.query(`${measurementMark} update jobscope_queue.job set start_after = now() where singleton_key = $1`, [
      id,
    ])
  const contexts = Array.from({ length: workers }, () => ({
    store,
    now: clock.now,
    random,
    cache: new Map<string, ShardState>(),
    redact: (text: string) => text,
  }))
  const due = new Map([...sources.keys()].map(id => [id, start]))
  const poll = async (id: string) => {
    await makeDue(id)
    const [run] = (await store.fetchRuns('shards', 1)) as Run[]
    const context = contexts[Math.floor(random() * workers)]
    const source = sources.get(id)
    if (run?.key !== id || !context || !source) throw new Error(`${id} is not due.`)
    let nextIn = 0
    const commitRun: typeof store.commitRun = (run, commit) => {
      nextIn = commit.nextIn
      return store.commitRun(run, { ...commit, nextIn: never })
    }
    await runShard({ ...context, store: { ...store, commitRun } }, source, run, new AbortController().signal)
    due.set(id, now + Math.max(1000, nextIn))
  }
  for (const run of await store.fetchRuns('shards', shardCount)) await store.postponeRun(run, never)
  const pollUntil = async (end: number) => {
    for (;;) {
      const [id, at] = [...due].reduce((first, next) => (next[1] < first[1] ? next : first))
      if (at >= end) return
      now = Math.max(now, at)
      await poll(id)
    }
  }
  try {
    // The first scan is not a part of the measurement.
    await pollUntil(start + 30 * minute)
    await statistics.reset()
    requests = 0
    await pollUntil(start + 30 * minute + hour)
    const databaseTime = await statistics.readTime()
    return { jobs: jobCount, workers, requests: requests / jobCount, databaseTime: databaseTime / jobCount }
  } finally {
    await store.stop()
  }
}

/** A tenth of the jobs starts and ends during the measurement. */
const createJobs = (count: number, random: () => number): SimulatedJob[] =>
  Array.from({ length: count }, (_, index) => {
    const isShort = index % 10 === 0
    const createdAt = isShort ? start + random() * 80 * minute : start - random() * hour
    return {
      id: `j${index}`,
      createdAt,
      runningAt: createdAt + minute,
      endedAt: isShort ? createdAt + 10 * minute : start + 10 * hour,
      lastState: 'success',
    }
  })
