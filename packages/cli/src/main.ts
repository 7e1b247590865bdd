import { CommanderError } from 'commander'
import { exitCode } from './exit-codes.ts'
import { program } from './program/program.ts'
import { Interrupted, processTerminal } from './terminal/terminal.ts'

/** Runs the command with the given arguments; the result is its exit code. */
export async function main(args: readonly string[], terminal = processTerminal()): Promise<number> {
  let code: number = exitCode.done
  const command = program(terminal, result => {
    code = result
  })
  try {
    await command.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    // Commander has said by now what is wrong; help and version end this way as well.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage
    const { failureOf } = await import('./failure.ts')
    // Whatever broke off because of Ctrl-C: that is what there is to say, unless the command says more.
    const reason = terminal.signal.aborted && !(error instanceof Interrupted) ? terminal.signal.reason : error
    const failure = failureOf(reason)
    // The terminal has shown ^C on this line.
    if (reason instanceof Interrupted && terminal.interactive) terminal.note('')
    for (const line of failure.lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
    return failure.code
  }
}
