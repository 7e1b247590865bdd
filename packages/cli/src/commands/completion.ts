import type { Command } from 'commander'
import { candidates } from '../completion/candidates.ts'
import { type Shell, scripts, shells } from '../completion/scripts.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `jobscope completion`: what a shell is to source. */
export async function completion(shell: string, terminal: Terminal): Promise<void> {
  if (!(shells as readonly string[]).includes(shell)) {
    throw new UsageError(`no completion for ${shell}${didYouMean(shell, shells) || `: there are ${shells.join(', ')}`}`)
  }
  await terminal.print(scripts[shell as Shell])
}

/** `jobscope __complete`, which the scripts call: a candidate and its description a line. */
export async function complete(root: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const found = await candidates(root, words, terminal)
  const current = words.at(-1) ?? ''
  const lines = found
    .filter(([text]) => text.startsWith(current))
    .map(([text, description]) => `${text}\t${description}\n`)
  await terminal.print(lines.join(''))
}
