import { CommanderError } from 'commander'
import { exitCodes } from './exit-codes.ts'
import { runProgram } from './program/program.ts'
import { InterruptedError, interruptionExitCode, readInterruptingSignal } from './terminal/interrupted-error.ts'
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
    // Commander has already printed the message of this error. Commander also throws such an error, with exit code 0, after `--help`
    // and `--version`.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success.code : exitCodes.usage.code
    const { reportError } = await import('./failure.ts')
    // After an interruption, calls fail with various errors. The interruption caused these errors, so only the interruption is
    // reported.
    const wasInterrupted = terminal.signal.aborted && !(error instanceof InterruptedError)
    const cause = wasInterrupted ? terminal.signal.reason : error
    if (!(cause instanceof InterruptedError)) return reportError(cause, terminal)
    const signal = readInterruptingSignal(terminal.signal)
    // The terminal has printed ^C on the current line, so the message starts on a new line.
    if (signal === 'SIGINT' && terminal.interactive) terminal.note('')
    reportError(cause, terminal)
    return interruptionExitCode(signal)
  }
}
