import type { Command, Option } from 'commander'
import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { services } from '../spec/document.ts'
import { allKinds } from '../spec/kinds.ts'
import { allOperations, findOperation } from '../spec/operation.ts'
import { jobStates } from '../terminal/job-state.ts'
import { oneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { shells } from './scripts.ts'

export type Candidate = readonly [text: string, description: string]

/** How long refs are waited for: who presses a key expects something at once. */
const patience = 2000

/** What the last of the words could become. */
export async function candidates(root: Command, words: readonly string[], terminal: Terminal): Promise<Candidate[]> {
  const current = words.at(-1) ?? ''
  const command = root.commands.find(each => each.name() === words[0])
  if (words.length < 2 || !command) {
    return words.length > 1 ? [] : commandsOf(root).map(each => [each.name(), each.description()])
  }
  const previous = words.at(-2) ?? ''
  const option = command.options.find(each => each.long === previous)
  if (option?.required) return valuesOf(option)
  if (current.startsWith('-'))
    return command.options.filter(each => !each.hidden).map(each => [each.long ?? '', each.description])
  const { operands } = command.parseOptions(words.slice(1, -1))
  const position = Math.min(operands.length, command.registeredArguments.length - 1)
  const name = command.registeredArguments[position]?.name()
  return name === undefined ? [] : operandsOf(name, operands, command, terminal)
}

const commandsOf = (root: Command): Command[] => root.commands.filter(each => !each.name().startsWith('_'))

async function valuesOf({ long }: Option): Promise<Candidate[]> {
  if (long === '--state') return jobStates.map(state => [state, ''])
  if (long === '--service') return services.map(service => [service, ''])
  if (long === '--kind') return (await allKinds()).map(({ name, title }) => [name, title])
  return []
}

async function operandsOf(
  name: string,
  operands: readonly string[],
  command: Command,
  terminal: Terminal,
): Promise<Candidate[]> {
  if (name === 'shell') return shells.map(shell => [shell, ''])
  if (name === 'ref') return refs(command.opts(), terminal)
  if (name === 'operation') return (await allOperations()).map(({ id, summary }) => [id, summary])
  if (name === 'kind') {
    const kinds = await allKinds()
    const own = kinds.map(({ name, title }): Candidate => [name, title])
    if (command.name() !== 'submit') return own
    return [
      ...own,
      ...kinds.flatMap(({ create = {}, title }) => Object.keys(create).map((id): Candidate => [id, title])),
    ]
  }
  if (name === 'name=value' && operands[0] !== undefined) {
    const { parameters } = await findOperation(operands[0])
    return parameters.map(({ name, description = '' }) => [`${name}=`, oneLine(description)])
  }
  return []
}

/** The newest jobs, as far as they are there in time. */
async function refs(flags: ConnectionFlags, terminal: Terminal): Promise<Candidate[]> {
  const found: Candidate[] = []
  try {
    const jobs = jobsOf(await connect(flags, terminal))
    const options = { limit: 100, signal: AbortSignal.timeout(patience), onError() {} }
    for await (const { ref, state, name } of jobs.list(options)) found.push([ref, oneLine(`${state} ${name ?? ''}`)])
  } catch {}
  return found
}
