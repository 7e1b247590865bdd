import { findCandidates } from '../completion/candidates.ts'
import { type Shell, scripts, shells } from '../completion/scripts.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { arrangeArguments } from '../program/arrange-arguments.ts'
import type { CommandContext } from '../program/command-definition.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

/**
 * `jobscope completion`: prints the script that a shell sources.
 *
 * @throws UsageError if the shell has no completion script
 */
export async function printCompletionScript(shell: string, terminal: Terminal): Promise<void> {
  if (!(shells as readonly string[]).includes(shell)) {
    throw new UsageError(`Unknown shell "${shell}".${suggestOrList(shell, shells)}`)
  }
  await terminal.print(scripts[shell as Shell])
}

/** `jobscope __complete`: prints the candidates for the last word. The completion scripts call it. */
export async function printCandidates(words: readonly string[], context: CommandContext): Promise<void> {
  const candidates = await findCandidates([...arrangeArguments(words.slice(0, -1)), ...words.slice(-1)], context)
  const current = words.at(-1) ?? ''
  const lines = candidates
    .filter(([text]) => text.startsWith(current))
    .map(([text, description]) => `${text}\t${description}\n`)
  await context.terminal.print(lines.join(''))
}
