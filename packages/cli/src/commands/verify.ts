import {
  type CheckReport,
  createChecker,
  createRecordingHooks,
  type PlannedRead,
  planReads,
  type ReadingClient,
  verifyLive,
} from '@jobscope/contract'
import { readBundle, type ServiceName, services } from '@jobscope/specs'
import { connect } from '../connect.ts'
import { type ConnectionFlags, getConnectionParameters } from '../connection.ts'
import { createClient, UnavailableServiceError } from '../create-client.ts'
import { describeError } from '../failure.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type CheckFlags, parseServices, printReport } from './check.ts'

export interface VerifyFlags
  extends ConnectionFlags,
    Pick<CheckFlags, 'format' | 'coverage' | 'failOn' | 'write' | 'service'> {
  readonly dryRun?: boolean
  readonly maxRequests: number
  readonly jobs: number
  /** Requests per second. */
  readonly rate: number
}

/** `jobscope verify`: calls read-only operations, and compares their responses with the specs. */
export async function verify(flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const connection = await connect(flags, terminal)
  const names = parseServices(flags.service) ?? services.filter(name => name !== 'iam')
  const bundles = new Map(names.map(name => [name, readBundle(name)]))
  const checker = createChecker({ services: names, endpoints: getEndpoints(connection.endpoints, names) })
  const hooks = createRecordingHooks(bundles, exchange => checker.check(exchange))
  const clients = new Map<string, ReadingClient>()
  const reads: PlannedRead[] = []
  for (const [name, bundle] of bundles) {
    try {
      clients.set(name, createClient(name, { ...connection, ...{ hooks } }) as ReadingClient)
      reads.push(...planReads(name, bundle, getConnectionParameters(connection)))
    } catch (error) {
      if (!(error instanceof UnavailableServiceError)) throw error
    }
  }
  if (reads.length === 0) throw new UsageError('No operation can be called with these settings. See jobscope login.')
  if (flags.dryRun) {
    await terminal.print(formatPlan(reads, terminal))
    terminal.note(`Sends at most ${flags.maxRequests} requests, ${flags.rate} per second. Nothing was sent.`)
    return 0
  }
  const { requests, skipped } = await verifyLive({
    reads,
    getClient: service => clients.get(service) ?? {},
    maxRequests: flags.maxRequests,
    jobsPerKind: flags.jobs,
    pause: 1000 / flags.rate,
    signal: terminal.signal,
    onError: ({ operation }, error) => terminal.note(`${operation}: ${describeError(error)}`),
  })
  const report: CheckReport = checker.getReport()
  terminal.note(`Sent ${requests} requests. ${skipped.length} operations were not called.`)
  return printReport(report, flags, terminal)
}

/** The base URLs of services at other hosts than those in the specs. */
function getEndpoints(endpoints: { readonly [service: string]: string }, names: readonly ServiceName[]) {
  const base = endpoints['']?.replace(/\/+$/, '')
  const pairs = names.flatMap(name => {
    const url = endpoints[name] ?? (base === undefined ? undefined : `${base}/${name}`)
    return url === undefined ? [] : [[name, url] as const]
  })
  return Object.fromEntries(pairs)
}

const formatPlan = (reads: readonly PlannedRead[], terminal: Terminal): string =>
  formatTable(
    reads,
    [
      { title: 'KIND', text: ({ service, kind }) => `${service}:${kind}` },
      { title: 'OPERATION', text: ({ operation }) => operation },
      { title: 'METHOD', text: ({ method }) => method },
      { title: 'CALLED', text: ({ role }) => (role === 'list' ? 'once' : 'for each job of the list') },
      { title: 'PATH', text: ({ path }) => path, minWidth: 20, omitOrder: 1 },
    ],
    terminal,
  )
