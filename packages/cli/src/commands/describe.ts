import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { formatStates } from '../jobs/describe-states.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { type FollowUpCommand, formatFollowUpCommand } from '../jobs/follow-up-command.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { getJobDuration } from '../jobs/job-duration.ts'
import { getMeaningfulReason } from '../jobs/job-reason.ts'
import { addQueue, type JobWithQueue } from '../jobs/plain-job.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { planRetry, type RetryPlan } from '../jobs/retry-job.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { shortenRefTexts } from '../jobs/short-refs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { listResources } from '../spec/job-resources.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import { formatFields } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wrapText } from '../terminal/wrap-text.ts'

/**
 * `jobscope describe`: prints the details of one job. They contain its state, the reason of a failure, its states over time, useful
 * next commands, and the request that created the job.
 *
 * @returns the exit code
 */
export async function describe(
  texts: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal), { needed: await findServicesOfRefs(texts) })
  const resolveRef = createRefResolver(jobs, terminal, flags)
  const output = await createOutput(flags, terminal)
  return runForEachJob(
    texts,
    async text => {
      const ref = await resolveRef(text)
      const job = addQueue(await jobs.get(ref, { signal: terminal.signal }))
      const kind = await findKind(`${job.service}:${job.kind}`)
      const plan = await planRetry(job.ref, jobs, terminal.signal, job).catch(() => undefined)
      return { job, kind, plan }
    },
    async ({ job, kind, plan }, _, index) => {
      if (!output.isText) {
        const request = plan?.type === 'create' ? plan.body : undefined
        const resources = Object.fromEntries(listResources(job, kind))
        return output.write({ ...job, stateDescription: kind.states[job.rawState]?.description, resources, request })
      }
      await terminal.print(`${index > 0 ? '\n' : ''}${await formatDescription(job, { kind, plan }, flags, terminal)}`)
    },
    terminal,
  )
}

async function formatDescription(
  job: JobWithQueue,
  { kind, plan }: { readonly kind: Kind; readonly plan: RetryPlan | undefined },
  flags: ConnectionFlags,
  terminal: Terminal,
): Promise<string> {
  const heading = (text: string) => `${terminal.paint('bold', text)}\n`
  const { columns } = terminal.size()
  const wrap = (text: string) => wrapText(indent(text), columns, { breaksWords: true })
  const meaning = kind.states[job.rawState]?.description
  const reason = getMeaningfulReason(job)
  // The details omit the reason and the times, because separate sections show them.
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
    ['meaning', meaning && toOneLine(meaning)],
  ] as const
  // The first sections show what happened to the job. The last section shows the request, because it can be long.
  const sections = [formatJobDetails(details, terminal, facts)]
  if (reason) sections.push(`${heading('Reason')}${wrap(removeControlCharacters(reason).trimEnd())}\n`)
  sections.push(`${heading('States')}${formatStates(job, terminal)}`)
  const resources = listResources(job, kind)
  if (resources.length > 0)
    sections.push(`${heading('Resources')}${indent(formatFields(resources, terminal).trimEnd())}\n`)
  const shortRef = shortenRefTexts([job.ref]).get(job.ref) ?? job.ref
  const commands = listNextCommands(job, kind, plan).map(words => {
    const command = formatFollowUpCommand(words, [job.ref], flags)
    // If a command is too long for one line, it is printed with a short reference. Commands accept short references.
    return command.length + 2 <= columns ? command : formatFollowUpCommand(words, [shortRef], flags)
  })
  if (commands.length > 0) sections.push(`${heading('Next commands')}${indent(commands.join('\n'))}\n`)
  if (plan?.type === 'create') {
    const { stringify } = await import('yaml')
    const text = removeControlCharacters(stringify(plan.body, { lineWidth: 0 })).trimEnd()
    const description = sections.join('\n')
    const usedRows = description.split('\n').length + requestRows
    sections.push(`${heading('Request')}${shortenRequest(wrap(text), usedRows, terminal)}\n`)
  }
  return sections.join('\n')
}

/** The number of rows for the heading of the request, the note about omitted lines, and the shell's prompt. */
const requestRows = 4

/** At least this many lines of a request are shown. */
const minRequestLines = 5

/**
 * On a terminal, shortens a request that is too long for the rows that are left, so that the state and the reason stay visible.
 *
 * @param usedRows the number of rows that the other sections take
 */
function shortenRequest(text: string, usedRows: number, { interactive, paint, size }: Terminal): string {
  const lines = text.split('\n')
  const count = Math.max(minRequestLines, size().rows - usedRows)
  if (!interactive || lines.length <= count + 1) return text
  const note = `… ${lines.length - count} more lines. Use -o yaml to show the whole request.`
  return [...lines.slice(0, count), indent(paint('dim', note))].join('\n')
}

const indent = (text: string): string => text.replace(/^/gm, '  ')

/** The commands that make sense for a job in this state. */
function listNextCommands(
  { state }: ServiceJob,
  { operations, events }: Kind,
  plan: RetryPlan | undefined,
): FollowUpCommand[] {
  const hasEnded = isTerminal(state)
  const commands: readonly (readonly [command: FollowUpCommand, isUseful: boolean])[] = [
    ['logs', operations.logs !== undefined],
    ['events', events !== undefined],
    ['watch', !hasEnded],
    ['cancel', !hasEnded && operations.cancel !== undefined],
    ['retry', hasEnded && plan !== undefined],
  ]
  return commands.flatMap(([command, isUseful]) => (isUseful ? [command] : []))
}
