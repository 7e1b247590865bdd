import type { Explanation, Scope } from '../spec/scope.ts'
import { type Difference, isExplainedBy } from './difference.ts'
import { operationKey } from './match.ts'

/** Reports the lines of SCOPE.md that explain no current difference. Such a line would hide a future difference with the same subject. */
export function findUnusedLines(
  { exclusions, explanations }: Pick<Scope, 'exclusions' | 'explanations'>,
  differences: readonly Difference[],
  missingKeys: ReadonlySet<string>,
): string[] {
  const isUnused = (explanation: Explanation) => !differences.some(difference => isExplainedBy(difference, explanation))
  return [
    ...exclusions
      .filter(exclusion => !missingKeys.has(operationKey(exclusion)))
      .map(({ method, path }) => `${method} ${path}: is excluded, but the material does not contain it`),
    ...explanations
      .filter(isUnused)
      .map(
        ({ kind, operation, subject }) =>
          `${kind} of ${operation}, ${subject}: explains no difference. Remove the line`,
      ),
  ]
}
