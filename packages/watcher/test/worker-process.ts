/**
 * A worker process for the tests with a real PostgreSQL server. Its only argument is `WorkerProcessOptions` as JSON. After the signal
 * USR2, the process stops itself before its next commit with events, until it gets the signal CONT.
 */
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createWatcher, webhook } from '../src/index.ts'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import { createUnfencedDatabase } from './unfenced-database.ts'

export interface WorkerProcessOptions {
  readonly database: string
  /** The URL of a service with the jobs. */
  readonly endpoint: string
  readonly receiver: string
  readonly accounts: readonly string[]
  /** Each account has one shard per region. */
  readonly regions: readonly string[]
  readonly isFenced: boolean
  readonly interval: string
  readonly maxInterval: string
  readonly rate: number
}

const options: WorkerProcessOptions = JSON.parse(process.argv[2] ?? '{}')
const { interval, maxInterval, rate } = options

const onError = (place: string) => (error: unknown) => process.stderr.write(`${place}: ${error}\n`)
const pool = createPoolDatabase({ connectionString: options.database, onError: onError('database') })
const database = options.isFenced ? pool : createUnfencedDatabase(pool)
const store = createPostgresStore({ database, onError: onError('queue') })

// The standard input is closed when the process of the tests ends. A worker must not outlive the tests.
process.stdin.resume().once('end', () => process.exit())

let mustStop = false
process.on('SIGUSR2', () => {
  mustStop = true
})

const watcher = createWatcher({
  database: {
    ...store,
    async commitRun(run, commit) {
      if (mustStop && commit.events.length > 0) {
        mustStop = false
        process.stdout.write('stopping\n')
        process.kill(process.pid, 'SIGSTOP')
      }
      await store.commitRun(run, commit)
    },
  },
  accounts: options.accounts.flatMap(name =>
    options.regions.map(region => ({
      name,
      region,
      clients: {
        dli: createDliClient({
          endpoint: options.endpoint,
          projectId: 'p1',
          credentials: token('any'),
          retry: false,
        }),
      },
      filter: { kinds: ['dli:batch'] },
      interval: interval as '1s',
      maxInterval: maxInterval as '1s',
      rate,
      burst: rate,
    })),
  ),
  sinks: options.receiver ? [webhook({ name: 'receiver', url: options.receiver, secret: 'key' })] : [],
  hooks: { onError: (error, place) => onError(place)(error) },
})
await watcher.start()
process.stdout.write('started\n')
