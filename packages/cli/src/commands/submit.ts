import type { Duration, JobClient } from '@jobscope/core'
import { createJobs } from '@jobscope/jobs'
import { defaultFirst } from '@jobscope/specs'
import { connect } from '../connect.ts'
import { type ConnectionFlags, getConnectionParameters } from '../connection.ts'
import { createClient } from '../create-client.ts'
import { reportError } from '../failure.ts'
import { readInputFile } from '../input-file.ts'
import { type AnnounceFlags, checkWaitingFlags, createAnnouncer } from '../jobs/announce-jobs.ts'
import { callJobOperation, type JobAddress } from '../jobs/call-job-operation.ts'
import { findCreatingOperation } from '../jobs/creating-operation.ts'
import { createTimeoutError, type Deadline, defaultTimeout, limitTerminal, startDeadline } from '../jobs/deadline.ts'
import { formatFollowUpCommand } from '../jobs/follow-up-command.ts'
import { describePossibleJob, explainCreationError, readCreatedRef } from '../jobs/read-created-ref.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { parsePair } from '../parse-pair.ts'
import { parseArguments, validateBody } from '../spec/call-arguments.ts'
import type { Kind } from '../spec/kinds.ts'
import type { Operation } from '../spec/operation.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { waitForRefs } from './wait.ts'

export interface SubmitFlags extends ConnectionFlags, OutputFlags, AnnounceFlags {
  /** Waits until the job has ended. */
  readonly wait?: boolean
  /** Waits, and prints the log of the job. */
  readonly follow?: boolean
  readonly timeout?: Duration
  readonly interval?: Duration
  readonly start?: boolean
  readonly dryRun?: boolean
  readonly example?: boolean
}

export interface Submission {
  /** A kind of job, or the operation that creates the job. */
  readonly kind: string
  /** The file with the request body. */
  readonly file: string | undefined
  /** Further arguments: `name=value`. */
  readonly pairs: readonly string[]
  readonly flags: SubmitFlags
  /** The time limit of the command. @default starts after the file was read, if the command waits for the job */
  readonly deadline?: Deadline | undefined
}

/**
 * `jobscope submit`: creates a job from a file, after validating the file against the spec.
 *
 * @returns the exit code if `--start` failed or if the command waited for the job. In all other cases, the result is undefined
 */
export async function submit(submission: Submission, terminal: Terminal): Promise<number | undefined> {
  const { file, flags } = submission
  const { kind, operation } = await findCreatingOperation(submission.kind)
  if (flags.example) {
    await terminal.print(await formatExample(operation))
    return undefined
  }
  checkWaitingFlags(flags)
  if (file === undefined) {
    throw new UsageError(
      `${operation.id} requires a request body. Pass a file, or - for standard input. --example prints an example.`,
    )
  }
  if (flags.start && !kind.operations.start) {
    throw new UsageError(`--start is not supported: jobs of kind ${kind.name} start automatically.`)
  }
  const body = validateBody(operation, await readInputFile(file, terminal))
  const waits = flags.wait || flags.follow
  const deadline = submission.deadline ?? (waits ? startDeadline(flags.timeout ?? defaultTimeout) : undefined)
  try {
    return await submitBody(body, { ...submission, kind, operation, deadline }, terminal)
  } finally {
    deadline?.clear()
  }
}

interface Target extends Omit<Submission, 'kind'> {
  readonly kind: Kind
  readonly operation: Operation
  /** The time limit of the command. Undefined if the command does not wait for the job. */
  readonly deadline: Deadline | undefined
}

async function submitBody(
  body: unknown,
  { kind, operation, pairs, flags, deadline }: Target,
  terminal: Terminal,
): Promise<number | undefined> {
  const limited = limitTerminal(terminal, deadline)
  const hasTimedOut = () => deadline?.signal.aborted === true && !terminal.signal.aborted
  const output = await createOutput(flags, terminal)
  const announcer = createAnnouncer(flags, terminal)
  const connection = await connect(flags, limited).catch(error => {
    throw hasTimedOut() ? createTimeoutError(flags.timeout, 'The job was not created.') : error
  })
  const { args, headers } = parseArguments(
    operation,
    pairs.map(pair => parsePair(pair, 'argument')),
    getConnectionParameters(connection),
  )
  if (flags.dryRun) {
    if (!output.isText)
      await output.write({ dryRun: true, operation: `${operation.service}.${operation.id}`, args, body })
    else await terminal.print(`${operation.service}.${operation.id}: The request body is valid. Nothing was sent.\n`)
    return undefined
  }
  const client = createClient(kind.service, connection)
  const callArgs = { ...args, body }
  const { signal } = limited
  const response = await (client[operation.id] as Method)(callArgs, { headers, signal }).catch(error => {
    if (!signal.aborted) throw explainCreationError(error, kind, flags)
    const consequence = describePossibleJob(kind, flags)
    if (hasTimedOut()) throw createTimeoutError(flags.timeout, consequence)
    throw new InterruptedError(`Interrupted. ${consequence}`)
  })
  const jobs = createJobs({ [kind.service]: client as object as JobClient }, { hooks: announcer.waitHooks })
  const createdBy = { kind, operation: operation.id, response, args: { ...connection.parameters, ...callArgs } }
  const ref = readCreatedRef(jobs, createdBy, flags)
  if (ref !== undefined && flags.start) {
    try {
      await startJob(kind, { client, ref, keyNames: Object.keys(kind.key) }, signal)
    } catch (error) {
      const consequence = `The job ${ref} was created and may have been started.`
      if (hasTimedOut()) throw createTimeoutError(flags.timeout, consequence)
      if (signal.aborted) throw new InterruptedError(`Interrupted. ${consequence}`)
      terminal.note(`${terminal.paint('red', 'jobscope:')} The job ${ref} was created but not started.`)
      return reportError(error, terminal)
    }
  }
  if (ref !== undefined && (flags.wait || flags.follow)) {
    if (output.isText) terminal.note(`${terminal.paint('green', '✓')} ${ref}`)
    return waitForRefs([ref], { timeout: defaultTimeout, ...flags }, jobs, terminal, { announcer, deadline })
  }
  if (!output.isText) await output.write({ ref, service: kind.service, kind: kind.kind, response })
  // Standard output contains only references, so that `wait $(jobscope submit …)` does not take a sentence as references.
  else if (ref === undefined) {
    const check = terminal.paint('green', '✓')
    terminal.note(`${check} Completed immediately. There is no job to wait for.`)
  } else await terminal.print(formatResult(ref, kind.operations.start !== undefined && !flags.start, flags, terminal))
  return undefined
}

type Method = (args: object, options: object) => Promise<unknown>

function formatResult(
  ref: string,
  mustBeStarted: boolean,
  flags: ConnectionFlags,
  { interactive, paint }: Terminal,
): string {
  if (!interactive) return `${ref}\n`
  const nextStep = mustBeStarted
    ? 'The job was not started. To create and start a job, run jobscope submit with --start.'
    : `To follow it, run: ${formatFollowUpCommand('watch', [ref], flags)}`
  return `${paint('green', '✓')} ${ref}\n  ${paint('dim', nextStep)}\n`
}

/** Starts a job, for kinds of jobs that the service does not start automatically. */
async function startJob({ operations }: Kind, address: JobAddress, signal: AbortSignal): Promise<void> {
  const [start] = defaultFirst(operations.start)
  if (start) await callJobOperation(start, address, signal)
}

async function formatExample({ id, body }: Operation): Promise<string> {
  const [example] = body?.examples ?? []
  if (!example) throw new UsageError(`The spec has no example for ${id}.`)
  const { stringify } = await import('yaml')
  return stringify(example[1], { lineWidth: 0 })
}
