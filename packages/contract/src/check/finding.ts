import type { Observation, Place } from './observation.ts'
import type { Rule, Severity } from './rules.ts'

/** Where an exchange was recorded. */
export interface Location {
  readonly file: string
  /** Line of an NDJSON file, or number of the entry of a HAR file, from 1. */
  readonly line: number
}

/** All differences of one kind at one place of an operation. */
export interface Finding {
  readonly rule: Rule
  readonly severity: Severity
  readonly service: string
  /** Operation ID, or `undefined` for an unknown operation. */
  readonly operation: string | undefined
  readonly method: string
  /** Path template, or the path of an unknown operation. */
  readonly path: string
  readonly side: 'request' | 'response'
  readonly place: Place
  /** JSON Pointer of the first difference in the body, or `/` and the name of a parameter. */
  readonly pointer: string
  readonly expected: string
  /** What the first difference has instead. */
  readonly seen: string
  /** The number of differences. */
  readonly count: number
  /** The exchange with the first difference. */
  readonly first: Location
  /** The IDs of gaps in GAPS.md that this finding settles. */
  readonly gaps: readonly string[]
  /** Identifies the finding in a baseline. The same finding has the same key in all recordings. */
  readonly key: string
}

export interface FindingGroups {
  add(observation: Observation, where: { readonly method: string; readonly path: string }, first: Location): void
  /** Errors first, then by operation and place. */
  list(): readonly Finding[]
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

/** The maximum number of groups, because each path of an unknown operation is a separate group. */
const maxGroups = 10_000

/** Groups observations by rule, operation and place. Indices in pointers are ignored. */
export function createFindingGroups(): FindingGroups {
  const groups = new Map<string, { finding: Finding; count: number }>()
  return {
    add(observation, { method, path }, first) {
      const { rule, service, operation, side, place, pointer, expected, seen } = observation
      const name = operation?.id ?? `${method} ${path}`
      const generalPlace = pointer.replace(/\/\d+(?=\/|$)/g, '/*')
      // Each unknown value is its own finding.
      const value =
        rule === 'unknown-job-state' ||
        rule === 'unknown-error-code' ||
        rule === 'unknown-enum-value' ||
        place === 'status' ||
        rule === 'undocumented-content-type'
          ? ` ${seen}`
          : ''
      const key = `${service} ${name} ${rule} ${side} ${place}${generalPlace}${value}`
      const known = groups.get(key)
      if (known) {
        known.count++
        return
      }
      if (groups.size >= maxGroups) return
      const finding: Finding = {
        rule,
        severity: observation.severity,
        service,
        operation: operation?.id,
        method,
        path: operation?.path ?? path,
        side,
        place,
        pointer,
        expected,
        seen,
        count: 1,
        first,
        gaps: observation.gaps,
        key,
      }
      groups.set(key, { finding, count: 1 })
    },
    list: () =>
      [...groups.values()]
        .map(({ finding, count }) => ({ ...finding, count }))
        .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.key < b.key ? -1 : 1)),
  }
}
