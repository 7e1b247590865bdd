import type { Exclusion } from '../spec/scope.ts'
import type { Difference } from './difference.ts'
import { type Evidence, groupByKey, operationKey, sourceOf } from './match.ts'

interface Input {
  readonly service: string
  readonly evidence: readonly Evidence[]
  /** The keys of the operations in the spec. */
  readonly specKeys: ReadonlySet<string>
  readonly exclusions: readonly Exclusion[]
}

/** Lists the operations of the material that are not in the spec. */
export function compareOperations({ service, evidence, specKeys, exclusions }: Input): Difference[] {
  const reasons = new Map(exclusions.map(exclusion => [operationKey(exclusion), exclusion.reason]))
  const missing = [...groupByKey(evidence)].filter(([key]) => !specKeys.has(key))
  return missing.map(([key, operations]) => {
    const [first] = operations
    const described = operations.filter(({ isPermission }) => !isPermission)
    const isDeprecated = described.length > 0 && described.every(({ deprecated }) => deprecated)
    const reason = reasons.get(key)
    return {
      kind: 'missing operation',
      service,
      operation: `${first?.method} ${first?.path}`,
      subject: '',
      detail: `${first?.title}${isDeprecated ? ' (deprecated)' : ''}`,
      sources: operations.map(sourceOf),
      ...(reason && { explanation: reason }),
    }
  })
}

/** Reports operations that are in the spec although SCOPE.md excludes them. */
export function findStaleExclusions({ specKeys, exclusions }: Pick<Input, 'specKeys' | 'exclusions'>): string[] {
  return exclusions
    .filter(exclusion => specKeys.has(operationKey(exclusion)))
    .map(({ method, path }) => `${method} ${path}: is excluded, but the spec has it`)
}
