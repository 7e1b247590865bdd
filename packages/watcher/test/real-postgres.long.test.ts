import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock, realClock } from '@jobscope/mock'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { WatcherEvent } from '../src/index.ts'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import type { Store } from '../src/store/store.ts'
import { type Postgres, startPostgres } from './start-postgres.ts'
import { testStore } from './store-contract.ts'

const accountNames = ['a1', 'a2', 'a3', 'a4']

/** For a longer run: JOBSCOPE_REAL_SECONDS=300 JOBSCOPE_REAL_JOBS=20000. */
const seconds = Number(process.env['JOBSCOPE_REAL_SECONDS'] ?? 50)
const jobCount = Number(process.env['JOBSCOPE_REAL_JOBS'] ?? 500)
const killInterval = 8
/** Longer than the lease of a run. */
const stopDuration = 20
const speed = 10

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 300_000)
afterAll(() => postgres.stop())

const connect = () => createPoolDatabase({ connectionString: postgres.url, onError: () => {} })

describe('PostgreSQL server', () => {
  let store: Store
  beforeAll(async () => {
    store = createPostgresStore({ database: connect(), onError: console.error })
    await store.start()
  })
  afterAll(() => store.stop())
  testStore(() => store)
})

test('reports the end of every job while worker processes are killed and stopped', async () => {
  const cleaner = connect()
  await cleaner.exec('drop schema if exists jobscope cascade; drop schema if exists jobscope_queue cascade')
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const log = join(folder, 'received.ndjson')
  const mock = await createMock({ services: ['dli'], clock: realClock(speed), requestLimit: 10_000_000 })
  onTestFinished(() => mock.close())
  const workers: ChildProcess[] = []
  const start = async (index: number) => {
    const script = fileURLToPath(new URL('worker-process.ts', import.meta.url))
    const args = [script, postgres.url, mock.origin, log, ...accountNames]
    const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    workers[index] = worker
    const exit = once(worker, 'exit').then(([code]) => {
      throw new Error(`A worker exited with ${code}.`)
    })
    exit.catch(() => {})
    await Promise.race([once(worker.stdout, 'data'), exit])
  }
  onTestFinished(() => {
    for (const worker of workers) worker.kill('SIGKILL')
  })
  for (const index of [0, 1, 2]) await start(index)

  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p1', credentials: token('any') })
  const created = new Set<string>()
  const deadline = Date.now() + seconds * 1000
  let nextKill = Date.now() + killInterval * 1000
  let kills = 0
  let stopped: { readonly worker: ChildProcess; readonly until: number } | undefined
  while (Date.now() < deadline) {
    const due = Math.min(jobCount, Math.ceil((1 - (deadline - Date.now()) / (seconds * 1000)) * jobCount))
    while (created.size < due) {
      const { id } = await dli.createBatch({ body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } })
      created.add(id)
    }
    // Worker 2 is stopped once for longer than a lease, and then continues. The other workers are killed in turn.
    if (!stopped && kills === 1 && workers[2]) {
      stopped = { worker: workers[2], until: Date.now() + stopDuration * 1000 }
      stopped.worker.kill('SIGSTOP')
    }
    if (stopped && Date.now() > stopped.until) stopped.worker.kill('SIGCONT')
    if (Date.now() > nextKill) {
      const index = kills++ % 2
      workers[index]?.kill('SIGKILL')
      await start(index)
      nextKill = Date.now() + killInterval * 1000
    }
    await sleep(50)
  }
  stopped?.worker.kill('SIGCONT')

  const readEvents = async (): Promise<WatcherEvent[]> =>
    (await readFile(log, 'utf8')).split('\n').flatMap(line => {
      try {
        return [JSON.parse(line) as WatcherEvent]
      } catch {
        // The line is incomplete, because the process was killed while it wrote the line. The event is delivered again.
        return []
      }
    })
  const countEnds = async () =>
    new Set((await readEvents()).flatMap(({ id, type }) => (type === 'jobscope.job.ended' ? id : []))).size
  await expect.poll(countEnds, { timeout: 90_000, interval: 1000 }).toBe(created.size * accountNames.length)

  // The mock has an example of a Flink job too.
  const events = (await readEvents()).filter(({ source }) => source.endsWith('/dli/batch'))
  const bodies = new Map<string, string>()
  const chains = new Map<string, WatcherEvent[]>()
  for (const event of events) {
    const body = JSON.stringify(event)
    if (bodies.has(event.id)) {
      expect(bodies.get(event.id)).toBe(body)
      continue
    }
    bodies.set(event.id, body)
    const key = `${event.source} ${event.subject}`
    chains.set(key, [...(chains.get(key) ?? []), event])
  }
  const expected = accountNames.flatMap(name =>
    [...created].map(id => `/jobscope/${name}/default/default/dli/batch dli:batch:${id}`),
  )
  expect([...chains.keys()].toSorted()).toEqual(expected.toSorted())
  for (const [key, chain] of chains) {
    expect(
      chain.filter(({ type }) => type === 'jobscope.job.ended'),
      key,
    ).toHaveLength(1)
    chain.forEach(({ data }, index) => {
      if (index > 0) expect(data.previousRawState, key).toBe(chain[index - 1]?.data.rawState)
    })
    const numbers = chain.map(({ id }) => Number(id.split('#')[1]))
    expect(numbers, key).toEqual(numbers.toSorted((a, b) => a - b))
  }
  const { rows } = await cleaner.query('select sum(version) as polls from jobscope.shards')
  await cleaner.close()
  console.log({
    kills,
    jobs: created.size,
    events: bodies.size,
    duplicates: events.length - bodies.size,
    polls: Number(rows[0].polls),
  })
  expect(kills).toBeGreaterThan(2)
}, 900_000)
