import type { Explanation } from '../spec/scope.ts'

export type DifferenceKind = 'missing operation' | 'example' | 'missing field' | 'invented field' | 'value'

/** Something in which the material and a spec differ. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly service: string
  /** The operation's id, or its method and path if the spec does not have it. */
  readonly operation: string
  /** What of the operation differs; see the format of SCOPE.md in README.md. */
  readonly subject: string
  readonly detail: string
  /** Of a missing field: its members in the material, each with its type. */
  readonly members?: readonly string[]
  /** Where it stands in the material. */
  readonly sources: readonly string[]
  /** The line of GAPS.md, or the reason in SCOPE.md, that explains it. */
  readonly explanation?: string
}

/** `difference` with the explanation that SCOPE.md has for it; one of a field also covers the members of the field. */
export function explain(difference: Difference, explanations: readonly Explanation[]): Difference {
  const found = explanations.find(
    ({ kind, operation, subject }) =>
      kind === difference.kind &&
      operation === difference.operation &&
      (subject === difference.subject || (isField(kind) && difference.subject.startsWith(`${subject}.`))),
  )
  return found ? { ...difference, explanation: found.gap } : difference
}

function isField(kind: string): boolean {
  return kind === 'missing field' || kind === 'invented field'
}
