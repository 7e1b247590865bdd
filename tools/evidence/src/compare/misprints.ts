import type { Operation } from '../material.ts'
import type { Misprint } from '../spec/scope.ts'
import { operationKey } from './match.ts'

/** Replaces the path of an operation if SCOPE.md lists the path as misprinted. The documents contain no misprinted methods. */
export function correctMisprint(operation: Operation, misprints: readonly Misprint[]): Operation {
  const found = misprints.find(misprint => operationKey(misprint) === operationKey(operation))
  return found ? { ...operation, path: found.means } : operation
}
