import { CommanderError } from 'commander'
import { exitCodes } from './exit-codes.ts'
import { runProgram } from './program/program.ts'
import { InterruptedError } from './terminal/interrupted-error.ts'
import { processTerminal } from './terminal/terminal.ts'

/**
 * Runs the command.
 *
 * @returns its exit code
 */
export async function main(args: readonly string[], terminal = processTerminal()): Promise<number> {
  let exitCode: number = exitCodes.success.code
  try {
    await runProgram(args, terminal, code => {
      exitCode = code
    })
    return exitCode
  } catch (error) {
    // Commander has already printed the message of this error. It also throws this error, with exit code 0, after `--help` and
    // `--version`.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success.code : exitCodes.usage.code
    const { reportError } = await import('./failure.ts')
    // After Ctrl-C, calls fail with various errors. The interruption is their cause, so it is reported instead.
    const wasInterrupted = terminal.signal.aborted && !(error instanceof InterruptedError)
    const cause = wasInterrupted ? terminal.signal.reason : error
    // The terminal shows ^C on the current line.
    if (cause instanceof InterruptedError && terminal.interactive) terminal.note('')
    return reportError(cause, terminal)
  }
}
