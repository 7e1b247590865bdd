import type { Operation } from '../material.ts'
import type { Misprint } from '../spec/scope.ts'
import { operationKey } from './match.ts'

/** If SCOPE.md lists the path of an operation as misprinted, replaces the path. Methods are never misprinted. */
export function correctMisprint(operation: Operation, misprints: readonly Misprint[]): Operation {
  const found = misprints.find(misprint => operationKey(misprint) === operationKey(operation))
  return found ? { ...operation, path: found.means } : operation
}
