import { parseRef } from '@jobscope/jobs'
import type { ServiceName } from '@jobscope/specs'
import { connect } from '../connect.ts'
import { createClient } from '../create-client.ts'
import { exitCodes } from '../exit-codes.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { planRetry, type RetryPlan, retryJob } from '../jobs/retry-job.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type SubmitFlags, submit } from './submit.ts'
import { waitForRefs } from './wait.ts'

export interface RetryFlags extends SubmitFlags {
  /** The request body, for kinds whose service does not show it. */
  readonly file?: string
}

/**
 * `jobscope retry`: submits jobs again. The command starts the same jobs again, or creates new jobs from the requests that the
 * service shows.
 *
 * @returns the exit code
 */
export async function retry(texts: readonly string[], flags: RetryFlags, terminal: Terminal): Promise<number> {
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection)
  const { signal, interactive, paint, print, note } = terminal
  const resolveRef = createRefResolver(jobs, signal)
  if (flags.file !== undefined) {
    const [text = '', ...others] = texts
    if (others.length > 0) throw new UsageError('--file replaces the request of one job. Pass one reference.')
    const { service, kind } = parseRef(await resolveRef(text))
    return (await submit({ kind: `${service}:${kind}`, file: flags.file, pairs: [], flags }, terminal)) ?? 0
  }
  const output = await createOutput(flags, terminal)
  const waiting = flags.wait || flags.follow
  const started: string[] = []
  const exitCode = await runForEachJob(
    texts,
    async text => {
      const plan = await planRetry(await resolveRef(text), jobs, signal)
      if (flags.dryRun) return { plan, ref: undefined }
      const getClient = (service: string) => createClient(service as ServiceName, connection)
      return { plan, ref: await retryJob(plan, { jobs, getClient, signal }) }
    },
    async ({ plan, ref }) => {
      if (flags.dryRun) return printPlan(plan, terminal)
      if (ref !== undefined) started.push(ref)
      if (plan.type === 'create' && plan.omits !== undefined) {
        note(paint('dim', `The service does not show everything: the new job lacks ${plan.omits}.`))
      }
      if (!output.isText) return waiting ? undefined : output.write({ ref, retryOf: plan.ref })
      if (!interactive) return waiting ? undefined : print(`${ref ?? ''}\n`)
      const what = plan.type === 'start' ? 'Started again' : 'Submitted again as'
      return print(`${paint('green', '✓')} ${what}: ${ref ?? 'completed immediately'}\n`)
    },
    terminal,
  )
  if (!waiting || started.length === 0) return exitCode
  const waitCode = await waitForRefs(started, { timeout: '24h', ...flags }, jobs, terminal)
  return exitCode === exitCodes.success.code ? waitCode : exitCode
}

async function printPlan(plan: RetryPlan, { print }: Terminal): Promise<void> {
  if (plan.type === 'start')
    return print(`${plan.ref}: Would be started again by ${plan.operation}. Nothing was sent.\n`)
  const { stringify } = await import('yaml')
  const { removeControlCharacters } = await import('../terminal/sanitize.ts')
  const body = removeControlCharacters(stringify(plan.body, { lineWidth: 0 }))
  return print(`# ${plan.ref}: ${plan.operation} would be called with this request. Nothing was sent.\n${body}`)
}
