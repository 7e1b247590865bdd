/** A spec contains something that codegen does not support. The message contains the location in the spec, the problem and the fix. */
export class SpecError extends Error {
  override readonly name = 'SpecError'

  constructor(where: string, problem: string, fix: string) {
    super(`${where}: ${problem}. ${fix}.`)
  }
}
