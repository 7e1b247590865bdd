import {
  type CheckReport,
  createChecker,
  createRecordingHooks,
  type FailedRequest,
  type PlannedRead,
  planReads,
  type ReadingClient,
  verifyLive,
} from '@jobscope/contract'
import { readBundle, type ServiceName, services } from '@jobscope/specs'
import { chooseExitCode } from '../choose-exit-code.ts'
import { connect } from '../connect.ts'
import { type ConnectionFlags, getConnectionParameters } from '../connection.ts'
import { createClient, UnavailableServiceError } from '../create-client.ts'
import { describeNumber } from '../describe-number.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { formatJson } from '../output/print-value.ts'
import { getEndpoint } from '../parse-endpoints.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type CheckFlags, checkOutput, parseServices, printReport } from './check.ts'

export interface VerifyFlags
  extends ConnectionFlags,
    Pick<CheckFlags, 'format' | 'json' | 'coverage' | 'failOn' | 'write' | 'service'> {
  readonly dryRun?: boolean
  readonly maxRequests: number
  readonly jobs: number
  /** Requests per second. */
  readonly rate: number
}

/** `jobscope verify`: calls read-only operations, and compares their responses with the specs. */
export async function verify(flags: VerifyFlags, terminal: Terminal): Promise<number> {
  await checkOutput('--write', flags.write, [])
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
    const isJson = flags.json || flags.format === 'json'
    const operations = reads.map(({ service, kind, operation, method, path }) => ({
      service,
      kind,
      operation,
      method,
      path,
    }))
    await terminal.print(isJson ? `${formatJson({ dryRun: true, operations }, 2)}\n` : formatPlan(reads, terminal))
    terminal.note(
      `The command would send at most ${describeNumber(flags.maxRequests, 'request')}, ${flags.rate} per second. Nothing was sent.`,
    )
    return 0
  }
  const failures: { readonly request: FailedRequest; readonly exitCode: number }[] = []
  let requests = 0
  const getReport = (): CheckReport => ({
    ...checker.getReport(),
    failedRequests: failures.map(({ request }) => request),
  })
  try {
    const result = await verifyLive({
      reads,
      getClient: service => clients.get(service) ?? {},
      maxRequests: flags.maxRequests,
      jobsPerKind: flags.jobs,
      pause: 1000 / flags.rate,
      signal: terminal.signal,
      onRequest: () => requests++,
      onError({ service, operation }, error) {
        failures.push({
          request: { service, operation, message: describeError(error) },
          exitCode: toFailure(error).exitCode,
        })
      },
    })
    terminal.note(
      `Sent ${describeNumber(requests, 'request')}. ${describeNumber(result.skipped.length, 'operation')} not called.`,
    )
  } catch (error) {
    if (!terminal.signal.aborted) throw error
    terminal.note(`Interrupted after ${describeNumber(requests, 'request')}. The report contains what was checked.`)
    await printReport(getReport(), flags, terminal)
    throw error
  }
  const exitCode = await printReport(getReport(), flags, terminal)
  return exitCode === exitCodes.success.code ? chooseExitCode(failures.map(failure => failure.exitCode)) : exitCode
}

/** Returns the base URLs of the services for which the user has set an endpoint. */
function getEndpoints(endpoints: { readonly [service: string]: string }, names: readonly ServiceName[]) {
  const pairs = names.flatMap(name => {
    const url = getEndpoint(endpoints, name)
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
