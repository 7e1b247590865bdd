import { parsePointer } from '@jobscope/specs'
import type { ServiceContract } from '../schema/service-contract.ts'
import { generalizePath, type SpecWords, unlisted } from '../schema/spec-words.ts'
import { isStandardMediaType, isStandardMethod } from '../traffic/http-names.ts'
import { isErrorCode } from './kept-texts.ts'
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
  /** Path template. For an unknown operation: its path, with `{…}` for each segment that no documented path has. */
  readonly path: string
  readonly side: 'request' | 'response'
  readonly place: Place
  /** JSON Pointer of the first difference in the body, or `/` and the name of a parameter. */
  readonly pointer: string
  readonly expected: string
  /** Describes what the first exchange with the difference contains instead of `expected`. */
  readonly seen: string
  /** The number of differences. */
  readonly count: number
  /** The exchange with the first difference. */
  readonly first: Location
  /** The IDs of gaps in GAPS.md that this finding settles. */
  readonly gaps: readonly string[]
  /**
   * Identifies the finding in a baseline. The same finding has the same key in all recordings. Redacted recordings have pseudonyms
   * instead of undocumented names, so the key has `{…}` for each of these names.
   */
  readonly key: string
}

/** The request of an observation. */
export interface Where {
  readonly method: string
  readonly path: string
  readonly service: Pick<ServiceContract, 'getWords'>
}

/** A finding, and the texts about it that an issue can show. */
export interface FindingGroup {
  readonly finding: Finding
  /** The pointer of the finding, with `*` instead of indices and `{…}` instead of undocumented names. */
  readonly publicPointer: string
  /** Describes the value of the finding without anything that could be private. */
  readonly publicSeen: string
}

export interface FindingGroups {
  add(observation: Observation, where: Where, first: Location): void
  /** Lists the findings by severity (errors first), then by operation and place. */
  list(): readonly FindingGroup[]
  /** The number of differences that belong to none of the listed findings. */
  readonly omitted: number
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

/**
 * For each severity: from this number of groups on, no group of the severity is added. Without a limit, memory could run out, because each
 * undocumented name is a separate group. The limits differ, so that many notes cannot hide a warning, and many warnings cannot hide an
 * error.
 */
const maxGroups: { readonly [severity in Severity]: number } = { note: 10_000, warning: 20_000, error: 100_000 }

/**
 * Groups observations by rule, operation and place. Indices and undocumented names in pointers are ignored, but each undocumented
 * field or parameter is a separate finding. From 10,000 groups on, a difference is added to a group with the same key, if there is one.
 */
export function createFindingGroups(): FindingGroups {
  const groups = new Map<string, CountedGroup>()
  const firstByKey = new Map<string, CountedGroup>()
  let omitted = 0
  return {
    add(observation, { method, path, service: contract }, first) {
      const { rule, service, operation, side, place, pointer, expected, seen } = observation
      const words = contract.getWords()
      const general = operation === undefined ? generalizePath(path, words) : ''
      const name = operation?.id ?? `${isStandardMethod(method) ? method : unlisted} ${general}`
      const publicPointer = generalizePointer(pointer, words)
      const key = `${service} ${name} ${rule} ${side} ${place}${publicPointer}${getKeyValue(observation, words)}`
      // The key contains no undocumented names, because redacted recordings have pseudonyms instead. The group contains the names, so
      // that each of them is a separate finding.
      const group = rule.startsWith('undocumented-') || side === 'request' ? `${key} ${describeOwn(observation)}` : key
      const known = groups.get(group) ?? (groups.size >= maxGroups.note ? firstByKey.get(key) : undefined)
      if (known) {
        known.count++
        return
      }
      if (groups.size >= maxGroups[observation.severity]) {
        omitted++
        return
      }
      const finding: Finding = {
        rule,
        severity: observation.severity,
        service,
        operation: operation?.id,
        method,
        path: operation?.path ?? general,
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
      const created = { finding, publicPointer, publicSeen: observation.publicSeen ?? seen, count: 1 }
      groups.set(group, created)
      if (!firstByKey.has(key)) firstByKey.set(key, created)
    },
    list: () =>
      [...groups.values()]
        .map(({ count, finding, ...rest }) => ({ ...rest, finding: { ...finding, count } }))
        .sort(({ finding: a }, { finding: b }) => {
          return severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.key < b.key ? -1 : 1)
        }),
    get omitted() {
      return omitted
    },
  }
}

interface CountedGroup extends FindingGroup {
  count: number
}

/** The part of a key that is specific to the value. */
function getKeyValue({ rule, side, place, seen }: Observation, words: SpecWords): string {
  if (place === 'status') return ` ${seen}`
  if (rule === 'undocumented-content-type')
    return ` ${seen === 'none' || isKnownMediaType(seen, words) ? seen : unlisted}`
  if (rule === 'unknown-error-code') return ` ${isErrorCode(seen) ? seen : unlisted}`
  // Undocumented values in requests are not part of the key, because a redacted recording does not contain them.
  const hasValue = side === 'response' && (rule === 'unknown-job-state' || rule === 'unknown-enum-value')
  return hasValue ? ` ${seen}` : ''
}

/** What distinguishes groups that have the same key: the undocumented name, or the undocumented value that a program sent. */
const describeOwn = ({ rule, pointer, seen }: Observation): string =>
  rule === 'unknown-enum-value' ? seen : rule.startsWith('undocumented-') ? pointer.slice(pointer.lastIndexOf('/')) : ''

const isKnownMediaType = (type: string, { isMediaType }: SpecWords): boolean =>
  isStandardMediaType(type) || isMediaType(type)

/** Replaces indices and undocumented names in a pointer. */
function generalizePointer(pointer: string, { isName, isHeader }: SpecWords): string {
  if (pointer === '') return ''
  return pointer
    .split('/')
    .slice(1)
    .map(token => {
      if (/^\d+$/.test(token)) return '/*'
      const [name = ''] = parsePointer(`/${token}`)
      return name === '' || isName(name) || isHeader(name.toLowerCase()) ? `/${token}` : `/${unlisted}`
    })
    .join('')
}
