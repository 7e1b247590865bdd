import { exitCodes } from '../exit-codes.ts'

/** The signals that interrupt the command. The first is sent by Ctrl-C, the second by CI systems and container platforms. */
export const interruptingSignals = ['SIGINT', 'SIGTERM'] as const
export type InterruptingSignal = (typeof interruptingSignals)[number]

/** The user pressed Ctrl-C, or the process received SIGTERM. This error is also the reason of the terminal's abort signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
  /** The signal of the process. */
  readonly signal: InterruptingSignal

  constructor(message: string, signal: InterruptingSignal = 'SIGINT') {
    super(message)
    this.signal = signal
  }
}

/** The signal that aborted the terminal's abort signal. */
export const readInterruptingSignal = ({ reason }: AbortSignal): InterruptingSignal =>
  reason instanceof InterruptedError ? reason.signal : 'SIGINT'

/** The exit code after a signal, as in a shell: 128 and the number of the signal. */
export const interruptionExitCode = (signal: InterruptingSignal): number =>
  signal === 'SIGTERM' ? exitCodes.terminated.code : exitCodes.interrupted.code
