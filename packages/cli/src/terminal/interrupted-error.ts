/** The user pressed Ctrl-C. This error is also the reason of the terminal's abort signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}
