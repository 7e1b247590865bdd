import type { Material } from '../material.ts'
import type { Document } from '../spec/document.ts'
import { readSpec } from '../spec/read-spec.ts'
import type { Scope } from '../spec/scope.ts'
import { type Difference, explain } from './difference.ts'
import { compareExamples, createCheck } from './examples.ts'
import { compareFields } from './fields.ts'
import { type Evidence, groupByKey, operationKey } from './match.ts'
import { correctMisprint } from './misprints.ts'
import { compareOperations, findStaleExclusions } from './operations.ts'
import { findUnusedLines } from './unused-lines.ts'
import { compareValues } from './values.ts'

export interface Service {
  readonly name: string
  readonly document: Document
  readonly scope: Scope
}

export interface Comparison {
  readonly service: string
  readonly folders: readonly string[]
  readonly counts: Counts
  readonly differences: readonly Difference[]
  /** Mistakes in SCOPE.md. */
  readonly problems: readonly string[]
}

export interface Counts {
  /** `found` is the number of distinct operations in the material. `matched` is the number of these operations that are in the spec. */
  readonly found: number
  readonly matched: number
  /** Number of operations in the spec. */
  readonly specified: number
  readonly examples: number
}

/**
 * Compares a spec with the materials of its service.
 *
 * @param isComplete whether `materials` contains all materials that SCOPE.md lists. If so, lines of SCOPE.md that explain no difference are
 * problems
 */
export function compareService(
  { name, document, scope }: Service,
  materials: readonly Material[],
  isComplete = false,
): Comparison {
  const spec = readSpec(document)
  const specKeys = new Set(spec.map(operationKey))
  const all = materials.flatMap(({ folder, operations }) =>
    operations.map((operation): Evidence => ({ ...correctMisprint(operation, scope.misprints), folder })),
  )
  const evidence = all.filter(operation => !operation.isWalkthrough || specKeys.has(operationKey(operation)))
  const groups = groupByKey(evidence)
  const pairs = spec.map(operation => ({ spec: operation, evidence: groups.get(operationKey(operation)) ?? [] }))
  const check = createCheck(document)
  const differences = [
    ...compareOperations({ service: name, evidence, specKeys, exclusions: scope.exclusions }),
    ...pairs.flatMap(pair => compareExamples(name, pair, check)),
    ...pairs.filter(pair => pair.evidence.length > 0).flatMap(pair => compareFields(name, pair)),
    ...pairs.flatMap(pair => compareValues(name, pair)),
  ]
  const missingKeys = new Set([...groups.keys()].filter(key => !specKeys.has(key)))
  return {
    service: name,
    folders: materials.map(({ folder }) => folder),
    counts: {
      found: groups.size,
      matched: [...groups.keys()].filter(key => specKeys.has(key)).length,
      specified: spec.length,
      examples: pairs.flatMap(pair => pair.evidence.flatMap(operation => operation.examples)).length,
    },
    differences: differences.map(difference => explain(difference, scope.explanations)),
    problems: [
      ...scope.problems,
      ...findStaleExclusions({ specKeys, exclusions: scope.exclusions }),
      ...(isComplete ? findUnusedLines(scope, differences, missingKeys) : []),
    ],
  }
}

/**
 * Finds the service that `material` names, or the service whose spec shares most operations with the material. Returns undefined if it
 * finds no service.
 */
export function findService(
  services: readonly Service[],
  { service: name, operations }: Material,
): Service | undefined {
  if (name !== undefined) return services.find(service => service.name === name)
  const counted = services.map(service => {
    const keys = new Set(readSpec(service.document).map(operationKey))
    return { service, shared: operations.filter(operation => keys.has(operationKey(operation))).length }
  })
  return counted.filter(({ shared }) => shared > 0).sort((a, b) => b.shared - a.shared)[0]?.service
}
