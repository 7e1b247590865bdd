import { isFailure } from '@jobscope/core'
import { parseRef, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import { createClientCache } from '../create-client.ts'
import { exitCodes } from '../exit-codes.ts'
import { checkWaitingFlags, createAnnouncer } from '../jobs/announce-jobs.ts'
import { confirm } from '../jobs/confirm.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createTimeoutError, type Deadline, defaultTimeout, limitTerminal, startDeadline } from '../jobs/deadline.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { formatFollowUpCommand } from '../jobs/follow-up-command.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { planRetry, type RetryPlan, retryJob } from '../jobs/retry-job.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput, type Output } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type SubmitFlags, submit } from './submit.ts'
import { waitForRefs } from './wait.ts'

export interface RetryFlags extends SubmitFlags {
  /** A file with the request body, for jobs whose request the service does not show. */
  readonly file?: string
  /** Does not ask for confirmation. */
  readonly yes?: boolean
}

/**
 * `jobscope retry`: submits jobs again. The command starts the same jobs again, or creates new jobs from the requests that the
 * service shows. If a job has not failed, or if the service does not show its complete request, the command asks for confirmation.
 *
 * @returns the exit code
 */
export async function retry(texts: readonly string[], flags: RetryFlags, terminal: Terminal): Promise<number> {
  checkWaitingFlags(flags)
  const deadline = flags.wait || flags.follow ? startDeadline(flags.timeout ?? defaultTimeout) : undefined
  const progress: RetryProgress = { started: [], hasSent: false }
  try {
    return await retryUntilDeadline(texts, flags, terminal, { deadline, progress })
  } catch (error) {
    if (!deadline?.signal.aborted || terminal.signal.aborted || error !== deadline.signal.reason) throw error
    if (!progress.hasSent) throw createTimeoutError(flags.timeout, 'No job was started.')
    const refs = progress.started.length === 0 ? '' : `Started jobs: ${progress.started.join(', ')}. Other `
    const check = formatFollowUpCommand('ls', [], flags)
    throw createTimeoutError(flags.timeout, `${refs || 'The '}jobs may have been started. To check, run: ${check}`)
  } finally {
    deadline?.clear()
  }
}

interface RetryProgress {
  /** Whether a request that starts a job may have been sent. */
  hasSent: boolean
  /** The references of the jobs that were started. */
  readonly started: string[]
}

async function retryUntilDeadline(
  texts: readonly string[],
  flags: RetryFlags,
  terminal: Terminal,
  { deadline, progress }: { readonly deadline: Deadline | undefined; readonly progress: RetryProgress },
): Promise<number> {
  const { started } = progress
  const limited = limitTerminal(terminal, deadline)
  const connection = await connect(flags, limited)
  const announcer = createAnnouncer(flags, terminal)
  const jobs = connectJobs(connection, { needed: await findServicesOfRefs(texts), hooks: announcer.waitHooks })
  const { interactive, note, paint, print } = terminal
  const { signal } = limited
  const resolveRef = createRefResolver(jobs, limited, flags)
  if (flags.file !== undefined) {
    const [text = '', ...others] = texts
    if (others.length > 0) throw new UsageError('--file contains the request of one job. Pass only one reference.')
    const ref = await resolveRef(text)
    const { service, kind } = parseRef(ref)
    const job = await jobs.get(ref, { signal })
    if (!flags.dryRun && !(await confirmRetry([{ job, plan: undefined }], flags, terminal))) return 0
    signal.throwIfAborted()
    return (await submit({ kind: `${service}:${kind}`, file: flags.file, pairs: [], flags, deadline }, terminal)) ?? 0
  }
  const output = await createOutput(flags, terminal)
  const waiting = flags.wait || flags.follow
  const preparations = new Map(
    texts.map(text => {
      const prepare = async (): Promise<PlannedRetry & { readonly plan: RetryPlan }> => {
        const job: ServiceJob = await jobs.get(await resolveRef(text), { signal })
        return { job, plan: await planRetry(job.ref, jobs, signal, job) }
      }
      return [text, prepare()] as const
    }),
  )
  // The jobs that cannot be retried are omitted here. `runForEachJob` reports them.
  const prepared = (await Promise.allSettled(preparations.values())).flatMap(result =>
    result.status === 'fulfilled' ? [result.value] : [],
  )
  signal.throwIfAborted()
  if (!flags.dryRun && !(await confirmRetry(prepared, flags, limited))) return exitCodes.success.code
  signal.throwIfAborted()
  progress.hasSent = !flags.dryRun
  const getClient = createClientCache(connection)
  const exitCode = await runForEachJob(
    texts,
    async text => {
      const { plan } = (await preparations.get(text)) as { readonly plan: RetryPlan }
      if (flags.dryRun) return { plan, ref: undefined }
      return { plan, ref: await retryJob(plan, { jobs, getClient, signal, flags }) }
    },
    async ({ plan, ref }) => {
      if (flags.dryRun) return printPlan(plan, output, terminal)
      if (ref !== undefined) started.push(ref)
      if (!output.isText) return waiting ? undefined : output.write({ ref, retryOf: plan.ref })
      const what = plan.type === 'start' ? 'Started again' : 'Submitted again as'
      // Standard output contains only references.
      if (ref === undefined) return note(`${paint('green', '✓')} ${what}: a new job that completed immediately`)
      if (!interactive) return waiting ? undefined : print(`${ref}\n`)
      const next = waiting
        ? ''
        : `  ${paint('dim', `To follow it, run: ${formatFollowUpCommand('watch', [ref], flags)}`)}\n`
      return print(`${paint('green', '✓')} ${what}: ${ref}\n${next}`)
    },
    limited,
  )
  if (!waiting || started.length === 0) return exitCode
  const waitCode = await waitForRefs(started, { timeout: defaultTimeout, ...flags }, jobs, terminal, {
    announcer,
    deadline,
  })
  return exitCode === exitCodes.success.code ? waitCode : exitCode
}

interface PlannedRetry {
  readonly job: ServiceJob
  /** Undefined if the user has passed the request with `--file`. */
  readonly plan: RetryPlan | undefined
}

/**
 * Asks for confirmation if a job has not failed, or if the new job would lack a part of the request. Returns whether the command may
 * continue.
 */
async function confirmRetry(retries: readonly PlannedRetry[], flags: RetryFlags, terminal: Terminal): Promise<boolean> {
  const { note, paint } = terminal
  const output = await createOutput(flags, terminal)
  const doubtful: ServiceJob[] = []
  for (const { job, plan } of retries) {
    const hasFailed = isFailure(job.state)
    const omits = plan?.type === 'create' ? plan.omits : undefined
    if (hasFailed && omits === undefined) continue
    doubtful.push(job)
    if (!hasFailed && !flags.yes) note(paint('yellow', `${job.ref} has not failed (${job.state}).`))
    if (omits !== undefined) {
      note(paint('dim', `The service does not show the complete request. The new job lacks ${omits}.`))
    }
  }
  const options = { output, terminal, dryRunPurpose: 'print the request' }
  return doubtful.length === 0 || confirm('Retry', doubtful, flags.yes ? { yes: true } : {}, options)
}

async function printPlan(plan: RetryPlan, output: Output, { print }: Terminal): Promise<void> {
  if (!output.isText) {
    const { service } = parseRef(plan.ref)
    const body = plan.type === 'create' ? plan.body : undefined
    return output.write({ dryRun: true, retryOf: plan.ref, operation: `${service}.${plan.operation}`, body })
  }
  if (plan.type === 'start')
    return print(`${plan.ref}: ${plan.operation} would start the job again. Nothing was sent.\n`)
  const { stringify } = await import('yaml')
  const { removeControlCharacters } = await import('../terminal/sanitize.ts')
  const body = removeControlCharacters(stringify(plan.body, { lineWidth: 0 }))
  return print(`# ${plan.ref}: ${plan.operation} would be called with this request. Nothing was sent.\n${body}`)
}
