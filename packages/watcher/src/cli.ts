#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { readConfig } from './config/read-config.ts'
import { checkLocation, readDatabase } from './config/read-database.ts'
import { createSecretReader } from './config/secret-reader.ts'
import { type Server, serve } from './serve.ts'

const help = `Watches the jobs of many accounts and reports events to sinks.

Usage: jobscope serve [options]

  --config <file>      configuration file (default jobscope.yaml)
  --database <where>   postgres://…, or the folder of an embedded database (default: from the configuration, or ./jobscope-data)
  --check              check the configuration file and exit
  --replay <sink>      deliver the dead letters of a sink again, and exit
  --since <time>       with --replay: deliver all events since this time again, for example 2026-11-29T08:00:00Z
  -h, --help           show this help

SIGHUP loads the configuration file again. SIGTERM and Ctrl-C stop the watcher after the current polls.
`

const options = {
  config: { type: 'string', default: 'jobscope.yaml' },
  database: { type: 'string' },
  check: { type: 'boolean' },
  replay: { type: 'string' },
  since: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options, strict: true })
  const { config, database, replay } = values
  if (values.help) {
    process.stdout.write(help)
    return
  }
  if (values.check) {
    if (database !== undefined) checkLocation(database)
    const parsed = await readConfig(config)
    const { createOptions, joinErrors } = await import('./config/create-options.ts')
    const secrets = createSecretReader(process.env, new Set())
    await parsed.addPositions(() =>
      joinErrors([
        createOptions(parsed.config, secrets),
        database ?? (parsed.config.database && readDatabase(parsed.config.database, secrets)),
      ]),
    )
    process.stdout.write(`${config} is valid.\n`)
    return
  }
  const since = values.since === undefined ? undefined : new Date(values.since)
  if (since && Number.isNaN(since.getTime())) {
    throw new Error(`--since ${values.since} is not a time. Use a format such as 2026-11-29T08:00:00Z.`)
  }
  if (since && replay === undefined)
    throw new Error('--since requires --replay. Add --replay <sink>, or remove --since.')
  let server: Server | undefined
  // Without a listener, SIGHUP would end the process. Until the watcher has started, the listener does nothing.
  process.on('SIGHUP', () => {
    // The server logs a failed reload.
    server?.reload().catch(() => {})
  })
  // `jobscope serve` runs this file in its own process, and `jobscope` would end this process with exit code 0 if the reader of
  // standard output closes the pipe. Instead, the sink reports the failure, and the watcher continues to poll.
  process.stdout.removeAllListeners('error')
  // A replay can run while another process with the same configuration uses the port.
  server = await serve({ config, database, http: replay === undefined })
  if (replay !== undefined) {
    const count = await server.watcher.replay(replay, since && { since }).finally(() => server.stop())
    process.stdout.write(`Delivered ${count} dead letters to ${replay}.\n`)
    return
  }
  await waitForSignals(server)
}

/** Waits until SIGINT or SIGTERM has stopped the watcher. Rejects if the watcher fails. */
const waitForSignals = (server: Server) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      // Without listeners, a second signal ends the process at once.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal)
      server.stop().then(resolve, reject)
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    server.failed.catch(error =>
      server.stop().then(
        () => reject(error),
        () => reject(error),
      ),
    )
  })

try {
  await main()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 2
}
