import type { ServiceJob } from '@jobscope/jobs'
import { services } from '@jobscope/specs'
import type { Command, Option } from 'commander'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { describeNumber } from '../describe-number.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { outputFormats } from '../output/output-format.ts'
import type { CommandContext } from '../program/command-definition.ts'
import { getQueue } from '../spec/job-queue.ts'
import { readKinds } from '../spec/kinds.ts'
import { findOperation, readOperations } from '../spec/operation.ts'
import { listRegions } from '../spec/regions.ts'
import { jobStates } from '../terminal/job-state.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { shells } from './scripts.ts'

export type Candidate = readonly [text: string, description: string]

/** How long to wait for the connection and a list of jobs, in ms. The user expects an immediate reaction. */
const jobListTimeout = 2000

/**
 * Finds all candidates for the last word, even if they do not begin with the text that the user has typed. The caller removes those.
 *
 * @param words the words of the command line after `jobscope`. The first word is the name of the command. The last word is
 *   incomplete or empty
 */
export async function findCandidates(
  words: readonly string[],
  { root, terminal, loadCommand }: CommandContext,
): Promise<Candidate[]> {
  const [commandName = ''] = words
  if (words.length === 1) return getVisibleCommands(root).map(each => [each.name(), each.description()])
  const command = await loadCommand(commandName)
  if (!command) return []
  const previous = words.at(-2) ?? ''
  const option = command.options.find(({ long, short }) => previous === long || previous === short)
  if (option?.required) {
    command.parseOptions(words.slice(1, -2))
    return findOptionValues(option, command.opts(), terminal)
  }
  if (words.at(-1)?.startsWith('-')) {
    return command.options.filter(({ hidden }) => !hidden).map(({ long, description }) => [long ?? '', description])
  }
  const { operands } = command.parseOptions(words.slice(1, -1))
  const position = Math.min(operands.length, command.registeredArguments.length - 1)
  const argument = command.registeredArguments[position]?.name()
  return argument === undefined ? [] : findArgumentValues({ argument, operands, command }, terminal)
}

const getVisibleCommands = (root: Command): Command[] => root.commands.filter(each => !each.name().startsWith('_'))

/** Finds the values of an option. Only `--queue` and `--owner` need requests. */
async function findOptionValues({ long }: Option, flags: ConnectionFlags, terminal: Terminal): Promise<Candidate[]> {
  const { cloud } = flags
  switch (long) {
    case '--state':
      return jobStates.map(state => [state, ''])
    case '--service':
      return services.map(service => [service, ''])
    case '--kind':
      return (await readKinds()).map(({ name, title }) => [name, title])
    case '--region':
      return listRegions()
        .filter(region => cloud === undefined || region.cloud === cloud)
        .map(region => [region.id, region.cloud])
    case '--cloud':
      return [...new Set(listRegions().map(region => region.cloud))].map(name => [name, ''])
    case '--queue': {
      return countValues(await listNewestJobs(flags, terminal), getQueue)
    }
    case '--owner':
      return countValues(await listNewestJobs(flags, terminal), ({ owner }) => owner)
    case '--output':
      return [...outputFormats, 'jsonpath='].map(format => [format, ''])
    default:
      return []
  }
}

interface ArgumentPosition {
  /** The name of the argument to complete. */
  readonly argument: string
  /** The arguments before the argument to complete. */
  readonly operands: readonly string[]
  readonly command: Command
}

async function findArgumentValues(
  { argument, operands, command }: ArgumentPosition,
  terminal: Terminal,
): Promise<Candidate[]> {
  switch (argument) {
    case 'shell':
      return shells.map(shell => [shell, ''])
    case 'ref':
      return findRefs(command.opts(), terminal)
    case 'operation':
      return (await readOperations()).map(({ id, summary }) => [id, summary])
    case 'kind': {
      const kinds = await readKinds()
      const kindCandidates = kinds.map(({ name, title }): Candidate => [name, title])
      if (command.name() !== 'submit') return kindCandidates
      const creatingOperations = kinds.flatMap(({ operations: { create = [] }, title }) =>
        create.map(({ operation }): Candidate => [operation, title]),
      )
      return [...kindCandidates, ...creatingOperations]
    }
    case 'name=value': {
      if (operands[0] === undefined) return []
      const { parameters } = await findOperation(operands[0])
      return parameters.map(({ name, description = '' }) => [`${name}=`, toOneLine(description)])
    }
    default:
      return []
  }
}

/** Calls `read` for each job, and returns each value once. The description of a value is the number of jobs with this value. */
function countValues(jobs: readonly ServiceJob[], read: (job: ServiceJob) => string | undefined): Candidate[] {
  const counts = new Map<string, number>()
  for (const job of jobs) {
    const value = toOneLine(read(job) ?? '')
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => [value, describeNumber(count, 'job')])
}

const findRefs = async (flags: ConnectionFlags, terminal: Terminal): Promise<Candidate[]> =>
  (await listNewestJobs(flags, terminal)).map(({ ref, state, name }) => [ref, toOneLine(`${state} ${name ?? ''}`)])

/** Lists the newest jobs. Omits the jobs of services that fail or respond too slowly. */
async function listNewestJobs(flags: ConnectionFlags, terminal: Terminal): Promise<readonly ServiceJob[]> {
  const found: ServiceJob[] = []
  try {
    // The time limit includes the requests that find the project.
    const signal = AbortSignal.any([terminal.signal, createTimeLimit(terminal)])
    const jobs = connectJobs(await connect(flags, { ...terminal, signal, note() {} }))
    const options = { limit: 100, signal, onError() {} }
    const list: AsyncIterable<ServiceJob> = jobs.list(options)
    for await (const job of list) found.push(job)
  } catch {
    // Errors are not printed, because the message would appear in the middle of the user's command line.
  }
  return found
}

/** Returns a signal that aborts when a completion has taken too long. */
function createTimeLimit({ clock }: Terminal): AbortSignal {
  if (clock === undefined) return AbortSignal.timeout(jobListTimeout)
  const limit = new AbortController()
  clock.sleep(jobListTimeout).then(() => limit.abort())
  return limit.signal
}
