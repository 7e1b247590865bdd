import { services } from '@jobscope/specs'
import type { Command, Option } from 'commander'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { outputFormats } from '../output/output-format.ts'
import type { CommandContext } from '../program/command-definition.ts'
import { readKinds } from '../spec/kinds.ts'
import { findOperation, readOperations } from '../spec/operation.ts'
import { listRegions } from '../spec/regions.ts'
import { jobStates } from '../terminal/job-state.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { shells } from './scripts.ts'

export type Candidate = readonly [text: string, description: string]

/** How long to wait for a list of jobs, in ms. The user expects an immediate reaction. */
const jobListTimeout = 2000

/**
 * Finds the texts that can complete the last word. They are not yet filtered by the typed text.
 *
 * @param words the words of the command line after `jobscope`, the name of the command first; the last one is incomplete or empty
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
    return findOptionValues(option, command.opts())
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

/** Finds the values of an option, without requests. */
async function findOptionValues({ long }: Option, { cloud }: ConnectionFlags): Promise<Candidate[]> {
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
    case '--output':
      return [...outputFormats, 'jsonpath='].map(format => [format, ''])
    default:
      return []
  }
}

interface ArgumentPosition {
  /** The name of the argument to complete. */
  readonly argument: string
  /** The arguments before it. */
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

/** The references of the newest jobs. Services that fail or are slow contribute nothing. */
async function findRefs(flags: ConnectionFlags, terminal: Terminal): Promise<Candidate[]> {
  const found: Candidate[] = []
  try {
    const jobs = connectJobs(await connect(flags, terminal))
    const options = { limit: 100, signal: AbortSignal.timeout(jobListTimeout), onError() {} }
    for await (const { ref, state, name } of jobs.list(options)) found.push([ref, toOneLine(`${state} ${name ?? ''}`)])
  } catch {
    // Errors are not printed, because the message would appear in the middle of the user's command line.
  }
  return found
}
