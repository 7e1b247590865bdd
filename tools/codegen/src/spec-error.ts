/** A spec contains something that codegen does not support. The message says where, what is wrong and how to fix it. */
export class SpecError extends Error {
  override readonly name = 'SpecError'

  constructor(where: string, problem: string, fix: string) {
    super(`${where}: ${problem}. ${fix}.`)
  }
}
