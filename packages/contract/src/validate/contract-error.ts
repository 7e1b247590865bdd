/** A difference between a body and its schema. */
export interface Violation {
  /** JSON Pointer in the body. */
  readonly pointer: string
  /** What the schema requires, such as `type string`. */
  readonly expected: string
}

/** A request or a response of a client that does not fit the spec. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
  readonly operation: string
  readonly side: 'request' | 'response'
  readonly violations: readonly Violation[]

  /** @param violations the differences. The values of the body are not part of the error, because they could be private */
  constructor(operation: string, side: 'request' | 'response', violations: readonly Violation[]) {
    const list = violations.map(({ pointer, expected }) => `${pointer || 'the body'}: expected ${expected}`).join('; ')
    super(`${operation}: the ${side} does not fit the spec: ${list}.`)
    this.operation = operation
    this.side = side
    this.violations = violations
  }
}
