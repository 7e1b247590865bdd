/**
 * A worker process for the test with a real PostgreSQL server: node worker-process.ts <database> <origin of the mock> <log of the
 * receiver> <account>….
 */
import { appendFileSync } from 'node:fs'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createWatcher } from '../src/index.ts'

const [database = '', origin = '', log = '', ...accountNames] = process.argv.slice(2)

const watcher = createWatcher({
  database,
  accounts: accountNames.map(name => ({
    name,
    clients: {
      dli: createDliClient({ endpoint: `${origin}/dli`, projectId: 'p1', credentials: token('any'), retry: false }),
    },
    interval: '500ms',
    maxInterval: '2s',
    rate: 50,
    burst: 50,
  })),
  sinks: [
    {
      name: 'receiver',
      async deliver(events) {
        // A process that is killed can leave an incomplete line, so each write begins with a new line.
        appendFileSync(log, `\n${events.map(event => `${JSON.stringify(event)}\n`).join('')}`)
      },
    },
  ],
  hooks: { onError: (error, place) => process.stderr.write(`${place}: ${error}\n`) },
})
await watcher.start()
process.stdout.write('started\n')
