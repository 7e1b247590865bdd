import { CommanderError } from 'commander'
import { exitCode } from './exit-code.ts'
import { program } from './program.ts'
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
    const failure = failureOf(
      terminal.signal.aborted && terminal.signal.reason instanceof Interrupted ? terminal.signal.reason : error,
    )
    for (const line of failure.lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
    return failure.code
  }
}
