import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { readInterruptingSignal } from '../terminal/interrupted-error.ts'
import { UsageError } from '../usage-error.ts'

export interface ProgramOptions {
  readonly env: { readonly [name: string]: string | undefined }
  /** Aborts when a signal interrupts the command, for example Ctrl-C. */
  readonly interruption: AbortSignal
  /**
   * Lets this process run until the program has ended, even if the program continues for a long time after a signal. Returns a function
   * that undoes this call.
   */
  readonly suspendExitLimit: () => () => void
  /** Called when the program has started. */
  readonly onStart: () => void
}

/**
 * Runs a program. A signal that interrupts the command is sent to the program. The recording ends only after the program has ended.
 *
 * @returns the exit code of the program, or 128 plus the number of the signal that ended the program
 * @throws UsageError if the program cannot be started
 */
export async function runProgram([file = '', ...args]: readonly string[], options: ProgramOptions): Promise<number> {
  const { env, interruption, suspendExitLimit, onStart } = options
  const child = spawn(file, args, { stdio: 'inherit', env })
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new UsageError(`Cannot run ${file}: ${(error as Error).message}`)
  }
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  // A terminal sends SIGINT and SIGHUP to every program that runs in it. So in a terminal, the program has already received them.
  const sendUnlessShared = (signal: NodeJS.Signals) => {
    if (!isTerminalShared()) child.kill(signal)
  }
  const interrupt = () => {
    const signal = readInterruptingSignal(interruption)
    if (signal === 'SIGTERM') child.kill(signal)
    else sendUnlessShared(signal)
  }
  const resumeExitLimit = suspendExitLimit()
  interruption.addEventListener('abort', interrupt, { once: true })
  if (interruption.aborted) interrupt()
  try {
    onStart()
    const [code, signal] = await exit
    return code ?? getSignalExitCode(signal ?? 'SIGTERM')
  } catch (error) {
    child.kill()
    throw error
  } finally {
    interruption.removeEventListener('abort', interrupt)
    resumeExitLimit()
  }
}

const isTerminalShared = (): boolean =>
  [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY === true)

/** The exit code that shells use for a program that a signal has ended. */
const getSignalExitCode = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]
