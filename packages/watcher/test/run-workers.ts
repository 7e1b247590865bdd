import { setTimeout as sleep } from 'node:timers/promises'
import { isNetworkError, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock, realClock } from '@jobscope/mock'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { checkEvents, type EventReport, getJobKey } from './check-events.ts'
import { startEventReceiver } from './event-receiver.ts'
import { createWorkerProcesses } from './worker-processes.ts'

export interface RunOptions {
  readonly database: string
  /** How many jobs the mock creates, evenly over the duration. */
  readonly jobs: number
  /** How much faster the mock's clock is than the real time. */
  readonly speed: number
  /** How long the run creates jobs and kills workers, in seconds. */
  readonly duration: number
  /** The time between two kills, in seconds. */
  readonly killInterval: number
  /** How long one worker is stopped in the middle of a run, in seconds. */
  readonly stopDuration: number
  readonly isFenced?: boolean
}

export interface RunReport extends EventReport {
  readonly jobs: number
  readonly kills: number
  /** Whether one worker was stopped in the middle of a run. */
  readonly hasStopped: boolean
  readonly polls: number
  /** The longest time between two commits of a shard, in seconds. */
  readonly takeover: number
  /** Time from the poll that detected an event to the arrival of the event, in seconds. */
  readonly lag: { readonly p50: number; readonly p99: number }
  /** Time from the creation of the last job until the receiver had the ends of all jobs, in seconds. */
  readonly drained: number
}

const accounts = ['a1', 'a2', 'a3']

/** Maximum number of jobs that are created at once. */
const maxCreations = 20

/** The creation of the jobs can last this many times as long as `duration`, because a busy machine is slower. */
const maxSlowdown = 5

/** Maximum time from the last kill until the receiver has the ends of all jobs, in seconds. */
const drainTimeout = 180

/** The states of a simulated job. The job stays in each entry for 10 s of the mock's clock. */
const states = [
  ...Array(60).fill('starting'),
  ...Array(120).fill('running'),
  ...Array(60).fill('recovering'),
  ...Array(120).fill('running'),
  'success',
] as const

/**
 * Creates jobs, watches them with three worker processes, kills and stops these processes, and checks the log of the receiver.
 *
 * @throws Error if a worker exits by itself, or if the ends of the jobs do not arrive
 */
export async function runWorkers({
  database,
  jobs,
  speed,
  duration,
  killInterval,
  stopDuration,
  isFenced = true,
}: RunOptions): Promise<RunReport> {
  const connection = createPoolDatabase({ connectionString: database, max: 2, onError: () => {} })
  await connection.exec('drop schema if exists jobscope cascade; drop schema if exists jobscope_queue cascade')
  const mock = await createMock({
    services: ['dli'],
    clock: realClock(speed),
    requestLimit: 10_000_000,
    scenario: { 'dli:batch': states },
  })
  const receiver = await startEventReceiver()
  const workers = createWorkerProcesses({
    database,
    endpoint: mock.url('dli'),
    receiver: receiver.url,
    accounts,
    regions: ['default'],
    isFenced,
    interval: '1s',
    maxInterval: '2s',
    rate: 50,
  })
  try {
    for (const index of [0, 1, 2]) await workers.start(index)
    const gaps = measureGaps(async () => {
      const { rows } = await connection.query('select id, version from jobscope.shards')
      return rows.map(({ id, version }) => [id, Number(version)] as const)
    })
    const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p1', credentials: token('any') })
    const created: string[] = []
    const createJob = async () => {
      try {
        const { id } = await dli.createBatch({ body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } })
        created.push(id)
      } catch (error) {
        // On a busy machine, the mock can close a connection that the client uses again. Then this job is not counted, and the next
        // step creates another job.
        if (!isNetworkError(error)) throw error
      }
    }
    const begin = Date.now()
    const passed = () => (Date.now() - begin) / 1000
    let kills = 0
    let lastKill = 0
    let stoppedUntil: number | undefined
    // On a slow machine, the creation of the jobs takes longer than `duration`. The loop then continues to kill workers until all jobs
    // exist.
    while (passed() < duration || created.length < jobs) {
      if (passed() > duration * maxSlowdown)
        throw new Error(`Only ${created.length} of ${jobs} jobs were created in time.`)
      const due = Math.min(jobs, Math.ceil((passed() / duration) * jobs))
      await Promise.all(Array.from({ length: Math.min(maxCreations, due - created.length) }, createJob))
      // Worker 2 is stopped once and continues later. The other workers are killed in turn.
      if (kills === 1) workers.stopInRun(2)
      if (workers.hasStopped(2)) stoppedUntil ??= passed() + stopDuration
      if (stoppedUntil !== undefined && passed() > stoppedUntil) workers.resume(2)
      // On a slow machine, the start of a worker can take longer than `killInterval`. So worker 0 or 1 is killed only while both run.
      // The other one then takes over the shards.
      if (passed() > lastKill + killInterval && workers.areRunning([0, 1])) {
        workers.restart(kills++ % 2)
        lastKill = passed()
      }
      workers.check()
      await gaps.sample()
      await sleep(50)
    }
    workers.resume(2)
    const expected = accounts.flatMap(account =>
      created.map(id =>
        getJobKey({ source: `/jobscope/${account}/default/default/dli/batch`, subject: `dli:batch:${id}` }),
      ),
    )
    const drainBegin = Date.now()
    const missing = new Set(expected)
    const seen = { count: 0 }
    while (missing.size > 0) {
      for (const { event } of receiver.log.slice(seen.count)) {
        seen.count++
        if (event.type === 'jobscope.job.ended') missing.delete(getJobKey(event))
      }
      if (Date.now() - drainBegin > drainTimeout * 1000) break
      workers.check()
      await gaps.sample()
      await sleep(200)
    }
    const drained = (Date.now() - drainBegin) / 1000
    const { rows } = await connection.query('select sum(version) as polls from jobscope.shards')
    // Until a job is created, the mock returns an example job. The events of this job are left out.
    const own = new Set(created.map(id => `dli:batch:${id}`))
    const log = receiver.log.map(({ event }) => event).filter(({ subject = '' }) => own.has(subject))
    const lags = receiver.log.map(({ event, at }) => (at - Date.parse(event.time)) / 1000).toSorted((a, b) => a - b)
    return {
      ...checkEvents(log, expected),
      jobs: created.length,
      kills,
      hasStopped: workers.hasStopped(2),
      polls: Number(rows[0].polls),
      takeover: gaps.longest() / 1000,
      lag: { p50: lags[Math.floor(lags.length * 0.5)] ?? 0, p99: lags[Math.floor(lags.length * 0.99)] ?? 0 },
      drained,
    }
  } finally {
    workers.killAll()
    await receiver.close()
    await mock.close()
    await connection.close()
  }
}

/** Measures how long the version of a shard stays the same. */
function measureGaps(readVersions: () => Promise<readonly (readonly [id: string, version: number])[]>) {
  const shards = new Map<string, { readonly version: number; readonly at: number }>()
  let longest = 0
  return {
    async sample() {
      const versions = await readVersions()
      const at = Date.now()
      for (const [id, version] of versions) {
        const shard = shards.get(id)
        if (shard?.version !== version) shards.set(id, { version, at })
        else longest = Math.max(longest, at - shard.at)
      }
    },
    longest: () => longest,
  }
}
