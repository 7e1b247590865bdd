import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { startEventReceiver } from './event-receiver.ts'
import { createStatementStatistics } from './statement-statistics.ts'
import { createWorkerProcesses } from './worker-processes.ts'

export interface ThroughputReport {
  readonly pollsPerSecond: number
  /** Time that the server spent on statements, in ms per poll. */
  readonly databaseTime: number
  readonly transitions: number
  /** Bytes of the tables and indexes of events and history, per million transitions. */
  readonly bytesPerMillion: number
  /** Time from the poll that detected an event to the arrival of the event, in seconds. */
  readonly lag: { readonly p50: number; readonly p99: number }
}

interface ThroughputOptions {
  readonly database: string
  readonly workers: number
  /** How long to measure, in seconds. */
  readonly duration: number
  /** Whether the jobs change their states. Polls without changes are the fastest. */
  readonly hasTransitions: boolean
}

const shardsPerAccount = 10
const accounts = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']
const jobsPerShard = 20

/** How long workers run before the measurement, in seconds. */
const warmUp = 5

/** Measures the throughput of worker processes that poll a plain server. The server responds with a fixed list of jobs. */
export async function measureThroughput({
  database,
  workers: count,
  duration,
  hasTransitions,
}: ThroughputOptions): Promise<ThroughputReport> {
  const connection = createPoolDatabase({ connectionString: database, max: 2, onError: () => {} })
  await connection.exec('drop schema if exists jobscope cascade; drop schema if exists jobscope_queue cascade')
  const statistics = await createStatementStatistics(connection)
  const service = await startFixtureService(hasTransitions)
  const receiver = await startEventReceiver()
  const workers = createWorkerProcesses({
    database,
    endpoint: service.url,
    receiver: receiver.url,
    accounts,
    regions: Array.from({ length: shardsPerAccount }, (_, index) => `r${index}`),
    isFenced: true,
    interval: hasTransitions ? '1s' : '200ms',
    maxInterval: hasTransitions ? '1s' : '200ms',
    rate: 10_000,
  })
  try {
    for (let index = 0; index < count; index++) await workers.start(index)
    await sleep(warmUp * 1000)
    const read = async () => {
      const { rows } = await connection.query(
        `select sum(version) as polls, sum(seq) as events,
           pg_total_relation_size('jobscope.events') + pg_total_relation_size('jobscope.history') as bytes
         from jobscope.shards`,
      )
      const { polls, events, bytes } = rows[0]
      return { polls: Number(polls), events: Number(events), bytes: Number(bytes), at: Date.now() }
    }
    await statistics.reset()
    const before = await read()
    await sleep(duration * 1000)
    const after = await read()
    const databaseTime = await statistics.readTime()
    workers.check()
    const polls = after.polls - before.polls
    const transitions = after.events - before.events
    const lags = receiver.log
      .filter(({ at }) => at > before.at)
      .map(({ event, at }) => (at - Date.parse(event.time)) / 1000)
      .toSorted((a, b) => a - b)
    return {
      pollsPerSecond: (polls / (after.at - before.at)) * 1000,
      databaseTime: databaseTime / polls,
      transitions,
      bytesPerMillion: transitions > 0 ? ((after.bytes - before.bytes) / transitions) * 1e6 : 0,
      lag: { p50: lags[Math.floor(lags.length * 0.5)] ?? 0, p99: lags[Math.floor(lags.length * 0.99)] ?? 0 },
    }
  } finally {
    workers.killAll()
    await receiver.close()
    await service.close()
    await connection.close()
  }
}

/** Starts a server whose list has the same jobs in each response. With transitions, the states differ in each response. */
async function startFixtureService(hasTransitions: boolean) {
  let count = 0
  const createdAt = Date.now()
  const server = createServer((_request, response) => {
    const state = hasTransitions && ++count % 2 === 0 ? 'starting' : 'running'
    const sessions = Array.from({ length: jobsPerShard }, (_, index) => ({
      id: `00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`,
      name: `job-${index}`,
      state,
      create_time: createdAt - index,
      update_time: Date.now(),
    }))
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ from: 0, total: jobsPerShard, sessions }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
