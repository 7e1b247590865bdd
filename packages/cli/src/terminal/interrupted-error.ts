import { exitCodes } from '../exit-codes.ts'

/** The signals that interrupt the command. Ctrl-C sends the first signal. CI systems and container platforms send the second signal. */
export const interruptingSignals = ['SIGINT', 'SIGTERM'] as const
export type InterruptingSignal = (typeof interruptingSignals)[number]

/** The error after Ctrl-C or SIGTERM. It is also the reason of the terminal's abort signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
  /** The signal that the process received. */
  readonly signal: InterruptingSignal

  constructor(message: string, signal: InterruptingSignal = 'SIGINT') {
    super(message)
    this.signal = signal
  }
}

/** Returns the process signal, SIGINT or SIGTERM, that caused an abort. */
export const readInterruptingSignal = ({ reason }: AbortSignal): InterruptingSignal =>
  reason instanceof InterruptedError ? reason.signal : 'SIGINT'

/** The exit code after a signal, as in a shell: 128 plus the number of the signal. */
export const interruptionExitCode = (signal: InterruptingSignal): number =>
  signal === 'SIGTERM' ? exitCodes.terminated.code : exitCodes.interrupted.code
