import type { OperationContract } from '../schema/operation.ts'
import type { Rule, Severity } from './rules.ts'

/** Where in an exchange a value is. */
export type Place = 'operation' | 'path' | 'query' | 'header' | 'status' | 'body'

/** One difference between an exchange and the specs. */
export interface Observation {
  readonly rule: Rule
  readonly severity: Severity
  readonly service: string
  /** `undefined` for an unknown operation. */
  readonly operation: OperationContract | undefined
  readonly side: 'request' | 'response'
  readonly place: Place
  /** JSON Pointer in the body, or `/` and the name of a parameter. Empty if the difference is not in a particular part. */
  readonly pointer: string
  readonly expected: string
  readonly seen: string
  /** Like `seen`, but without anything that could be private, so that an issue can show it. @default seen */
  readonly publicSeen?: string
  /** IDs of the gaps in GAPS.md that the value can settle. */
  readonly gaps: readonly string[]
}

/** A difference to which the service, the operation and the severity have not yet been added. */
export interface Difference {
  readonly rule: Rule
  readonly side: 'request' | 'response'
  readonly place: Place
  readonly pointer?: string
  readonly expected: string
  readonly seen: string
  readonly publicSeen?: string
  readonly gaps?: readonly string[]
  /** Used instead of the severity of the rule. */
  readonly severity?: Severity
}

export type Report = (difference: Difference) => void
