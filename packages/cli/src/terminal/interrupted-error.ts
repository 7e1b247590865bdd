/** Ctrl-C was pressed. Also the reason of the terminal's abort signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}
