import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { formatStates } from '../jobs/describe-states.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { getJobDuration } from '../jobs/job-duration.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { formatResumeCommand } from '../jobs/resume-command.ts'
import { planRetry, type RetryPlan } from '../jobs/retry-job.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { createQueueReader } from '../spec/job-queue.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope describe`: prints a job: its states over time, the reason of a failure, the request that created the job, and useful
 * next commands.
 *
 * @returns the exit code
 */
export async function describe(
  texts: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal))
  const resolveRef = createRefResolver(jobs, terminal.signal)
  const output = await createOutput(flags, terminal)
  return runForEachJob(
    texts,
    async text => {
      const ref = await resolveRef(text)
      const job: ServiceJob = await jobs.get(ref, { signal: terminal.signal })
      const kind = await findKind(`${job.service}:${job.kind}`)
      const plan = await planRetry(job.ref, jobs, terminal.signal).catch(() => undefined)
      return { job, kind, plan }
    },
    async ({ job, kind, plan }, _, index) => {
      if (!output.isText) {
        const request = plan?.type === 'create' ? plan.body : undefined
        return output.write({ ...job, stateDescription: kind.states[job.rawState]?.description, request })
      }
      await terminal.print(`${index > 0 ? '\n' : ''}${await formatDescription(job, { kind, plan }, flags, terminal)}`)
    },
    terminal,
  )
}

async function formatDescription(
  job: ServiceJob,
  { kind, plan }: { readonly kind: Kind; readonly plan: RetryPlan | undefined },
  flags: ConnectionFlags,
  terminal: Terminal,
): Promise<string> {
  const heading = (text: string) => `${terminal.paint('bold', text)}\n`
  const queue = (await createQueueReader())(job)
  const meaning = kind.states[job.rawState]?.description
  const { reason } = job
  // The states over time and the reason have their own sections.
  const details = {
    ...job,
    reason: undefined,
    createdAt: undefined,
    startedAt: undefined,
    updatedAt: undefined,
    finishedAt: undefined,
    duration: getJobDuration(job, terminal.now()),
  }
  const facts = [
    ['kind', kind.title],
    ['queue', queue && toOneLine(queue)],
    ['meaning', meaning && toOneLine(meaning)],
  ] as const
  const sections = [formatJobDetails(details, terminal, facts), `${heading('States')}${formatStates(job, terminal)}`]
  if (reason) sections.push(`${heading('Reason')}${indent(removeControlCharacters(reason).trimEnd())}\n`)
  if (plan?.type === 'create') {
    const { stringify } = await import('yaml')
    const text = removeControlCharacters(stringify(plan.body, { lineWidth: 0 })).trimEnd()
    sections.push(`${heading('Request')}${indent(text)}\n`)
  }
  const commands = listNextCommands(job, kind, plan).map(words => formatResumeCommand(words, [job.ref], flags))
  if (commands.length > 0) sections.push(`${heading('Next commands')}${indent(commands.join('\n'))}\n`)
  return sections.join('\n')
}

const indent = (text: string): string => text.replace(/^/gm, '  ')

/** The commands that make sense for a job in this state. */
function listNextCommands({ state }: ServiceJob, { operations, events }: Kind, plan: RetryPlan | undefined): string[] {
  const hasEnded = isTerminal(state)
  return [
    ...(operations.logs ? ['logs'] : []),
    ...(events ? ['events'] : []),
    ...(hasEnded ? [] : ['watch']),
    ...(!hasEnded && operations.cancel ? ['cancel'] : []),
    ...(hasEnded && plan ? ['retry'] : []),
  ]
}
