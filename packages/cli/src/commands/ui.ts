import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Duration } from '@jobscope/core'
import type { ServiceJobKind } from '@jobscope/jobs'
import manifest from '../../package.json' with { type: 'json' }
import { connect } from '../connect.ts'
import type { Connection, ConnectionFlags } from '../connection.ts'
import { createClientCache } from '../create-client.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { type FilterFlags, toJobFilter } from '../jobs/filter-flags.ts'
import { findServicesOfFilter } from '../jobs/find-needed-services.ts'
import { getQueue } from '../spec/job-queue.ts'
import { readKinds } from '../spec/kinds.ts'
import { interruptionExitCode, readInterruptingSignal } from '../terminal/interrupted-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { createJobActions } from '../ui/job-actions.ts'
import { createJobBoard } from '../ui/job-board.ts'
import { openHistory } from '../ui/open-history.ts'
import { openInBrowser } from '../ui/open-in-browser.ts'
import { readPageFiles } from '../ui/page-files.ts'
import { toPageKinds } from '../ui/page-kinds.ts'
import { startPageServer } from '../ui/page-server.ts'
import { UsageError } from '../usage-error.ts'

export interface UiFlags extends ConnectionFlags, Pick<FilterFlags, 'service'> {
  readonly port: number
  readonly interval?: Duration
  readonly since: string
  readonly open?: boolean
  readonly database?: string
}

/**
 * `jobscope ui`: serves a web page with all jobs until Ctrl-C is pressed.
 *
 * @returns the exit code after the interruption
 */
export async function ui(flags: UiFlags, terminal: Terminal): Promise<number> {
  const { signal, note, paint } = terminal
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, { needed: await findServicesOfFilter(flags) })
  const specs = new Map((await readKinds()).map(kind => [kind.name, kind]))
  const { since = new Date(0) } = toJobFilter({ since: flags.since }, terminal.now())
  const shown = selectKinds(jobs.kinds, flags.service)
  const board = createJobBoard(jobs, {
    kinds: shown.map(({ service, kind }) => `${service}:${kind}`),
    since,
    signal,
    interval: flags.interval,
    getQueue,
  })
  const history = flags.database === undefined ? undefined : await openHistory(flags.database)
  const server = await startPageServer({
    port: flags.port,
    board,
    actions: createJobActions({
      jobs,
      getClient: createClientCache(connection),
      board,
      kinds: specs,
      signal,
    }),
    sendFile: await readPageFiles(fileURLToPath(new URL('page/', import.meta.url))),
    hello: {
      version: manifest.version,
      connection: describeConnection(connection),
      kinds: toPageKinds(shown, specs),
      since: since.getTime(),
    },
    readHistory: history?.read,
    onAdmission: () => note(paint('dim', `A browser opened the link. Link for another browser: ${server.link()}`)),
  })
  await terminal.print(`Jobscope  ${paint('cyan', server.link())}\n`)
  note(paint('dim', 'The link works once, in one browser. Press Ctrl-C to stop.'))
  if (flags.open) openInBrowser(server.link(), note)
  if (!signal.aborted) await once(signal, 'abort')
  await server.close()
  await history?.close()
  return interruptionExitCode(readInterruptingSignal(signal))
}

/** @throws UsageError if a service is unknown */
function selectKinds(kinds: readonly ServiceJobKind[], services: readonly string[] | undefined): ServiceJobKind[] {
  const known = [...new Set(kinds.map(({ service }) => service))]
  const unknown = services?.find(service => !known.includes(service))
  if (unknown !== undefined) throw new UsageError(`Unknown service "${unknown}".${suggestOrList(unknown, known)}`)
  return kinds.filter(({ service }) => services?.includes(service) ?? true)
}

/** Describes where the jobs come from: the host of the endpoint, or the region and the cloud. */
function describeConnection({ region, cloud, endpoints }: Connection): string {
  const [endpoint] = Object.values(endpoints)
  if (endpoint !== undefined) return new URL(endpoint).host
  return [region, cloud].filter(Boolean).join(' · ')
}
