import type { Explanation } from '../spec/scope.ts'

export type DifferenceKind = 'missing operation' | 'example' | 'missing field' | 'invented field' | 'value'

/** A difference between the material and a spec. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly service: string
  /** The ID of the operation. If the operation is not in the spec, the method and path of the operation. */
  readonly operation: string
  /** The part of the operation that differs, in the format that README.md describes for SCOPE.md. */
  readonly subject: string
  readonly detail: string
  /** The members of a missing field, as the material lists them, each with its type. Undefined for other differences. */
  readonly members?: readonly string[]
  /** The folders and pages of the material in which the difference occurs. */
  readonly sources: readonly string[]
  /** The line of GAPS.md, or the reason in SCOPE.md, that explains the difference. */
  readonly explanation?: string
}

/** Adds the explanation from SCOPE.md to a difference. The explanation of a field applies to the members of the field, too. */
export function explain(difference: Difference, explanations: readonly Explanation[]): Difference {
  const found = explanations.find(explanation => isExplainedBy(difference, explanation))
  return found ? { ...difference, explanation: found.gap } : difference
}

/** Returns whether a line of SCOPE.md explains a difference. */
export function isExplainedBy(difference: Difference, { kind, operation, subject }: Explanation): boolean {
  return (
    kind === difference.kind &&
    operation === difference.operation &&
    (subject === difference.subject || (isField(kind) && difference.subject.startsWith(`${subject}.`)))
  )
}

function isField(kind: string): boolean {
  return kind === 'missing field' || kind === 'invented field'
}
