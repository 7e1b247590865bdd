/** Something in a spec that codegen does not support. It names the place and the way out; nothing is dropped silently. */
export class SpecError extends Error {
  override readonly name = 'SpecError'

  constructor(where: string, problem: string, fix: string) {
    super(`${where}: ${problem}. ${fix}.`)
  }
}
