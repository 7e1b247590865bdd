/** The port cannot be opened. The message says why and what to do. */
export class PortError extends Error {
  override readonly name = 'PortError'
}
