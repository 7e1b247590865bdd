import { writeSync } from 'node:fs'
import { exitCodes } from '../exit-codes.ts'
import { InterruptedError } from './interrupted-error.ts'

/** What this process does when a signal ends it. */
export interface ProcessSignals {
  /** Aborts when Ctrl-C is pressed. */
  readonly interruption: AbortSignal
  /**
   * Makes the process write a control sequence to standard output when it ends, even if a signal ends it. Returns a function that
   * cancels the writing.
   */
  restoreOnExit(sequence: string): () => void
}

/**
 * The time, in ms, after which a command is ended if it still runs after Ctrl-C. Most commands end at once, but a system call can
 * block a command, for example while it opens a file.
 */
const maxInterruptionTime = 4000

/** Handles the signals of this process. A second Ctrl-C kills the process. */
export function handleProcessSignals(): ProcessSignals {
  const controller = new AbortController()
  const sequences = new Set<string>()
  const restore = () => {
    for (const sequence of sequences) writeIfPossible(sequence)
    sequences.clear()
  }
  const endBy = (signal: NodeJS.Signals) => {
    restore()
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
  process.once('SIGINT', () => {
    process.once('SIGINT', endBy)
    // The mock needs this exit code, because it does not exit explicitly: it closes its server, and then the process ends.
    process.exitCode = exitCodes.interrupted.code
    setTimeout(() => process.exit(exitCodes.interrupted.code), maxInterruptionTime).unref()
    controller.abort(new InterruptedError('Interrupted.'))
  })
  let handlesOtherSignals = false
  return {
    interruption: controller.signal,
    restoreOnExit(sequence) {
      sequences.add(sequence)
      if (!handlesOtherSignals) {
        handlesOtherSignals = true
        for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.once(signal, endBy)
        process.once('exit', restore)
      }
      return () => void sequences.delete(sequence)
    },
  }
}

function writeIfPossible(text: string): void {
  try {
    // The process would end before an asynchronous write is finished.
    writeSync(process.stdout.fd, text)
  } catch {
    // The terminal was closed.
  }
}
