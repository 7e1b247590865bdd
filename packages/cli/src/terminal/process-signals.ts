import { writeSync } from 'node:fs'
import {
  InterruptedError,
  type InterruptingSignal,
  interruptingSignals,
  interruptionExitCode,
} from './interrupted-error.ts'

/** The handlers for the signals of this process. */
export interface ProcessSignals {
  /** Aborts when Ctrl-C is pressed or SIGTERM is received. */
  readonly interruption: AbortSignal
  /**
   * Makes the process write a control sequence to standard output when the process ends, even if a signal ends it. Returns a function
   * that undoes this call.
   */
  restoreOnExit(sequence: string): () => void
  /**
   * Suspends the time limit that ends the process after a signal. Returns a function that undoes this call. After that, the limit starts
   * again. A second signal still kills the process.
   */
  suspendExitLimit(): () => void
}

/**
 * If a command still runs this many ms after a signal, the process exits. Most commands end at once. But a system call can block a
 * command, for example while the command opens a file. Only a command that waits for a program of the user suspends this limit.
 */
const maxInterruptionTime = 4000

/** Handles the signals of this process. After the first Ctrl-C or SIGTERM, a second Ctrl-C or SIGTERM kills the process. */
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
  /** The exit code of the process after a signal. Undefined before a signal was received. */
  let exitCode: number | undefined
  let exitTimer: NodeJS.Timeout | undefined
  let suspensionCount = 0
  const updateExitTimer = () => {
    clearTimeout(exitTimer)
    if (exitCode === undefined || suspensionCount > 0) return
    exitTimer = setTimeout(() => process.exit(exitCode), maxInterruptionTime).unref()
  }
  const interrupt = (signal: InterruptingSignal) => {
    for (const each of interruptingSignals) {
      process.off(each, handlers[each])
      process.once(each, () => endBy(each))
    }
    // The mock does not call `process.exit`. The process ends after the mock has closed its server, so the exit code is set here.
    exitCode = interruptionExitCode(signal)
    process.exitCode = exitCode
    updateExitTimer()
    controller.abort(new InterruptedError('Interrupted.', signal))
  }
  const handlers = {
    SIGINT: () => interrupt('SIGINT'),
    SIGTERM: () => {
      // `jobscope mock` and `jobscope serve` load another program into this process. If that program has added a handler, only that
      // handler ends the process, because the program may take any time to end, and its exit code is 0.
      if (process.listenerCount('SIGTERM') === 0) interrupt('SIGTERM')
    },
  }
  for (const signal of interruptingSignals) process.once(signal, handlers[signal])
  let handlesOtherSignals = false
  return {
    interruption: controller.signal,
    restoreOnExit(sequence) {
      sequences.add(sequence)
      if (!handlesOtherSignals) {
        handlesOtherSignals = true
        for (const signal of ['SIGHUP', 'SIGQUIT'] as const) process.once(signal, endBy)
        process.once('exit', restore)
      }
      return () => void sequences.delete(sequence)
    },
    suspendExitLimit() {
      suspensionCount++
      updateExitTimer()
      return () => {
        suspensionCount--
        updateExitTimer()
      }
    },
  }
}

function writeIfPossible(text: string): void {
  try {
    // The write is synchronous, because the process would end before an asynchronous write is finished.
    writeSync(process.stdout.fd, text)
  } catch {
    // The terminal was closed.
  }
}
