import type { SpecChange } from './change.ts'
import type { MergedSchema } from './merge-schema.ts'
import { type Constraints, isTighter, limitKeywords } from './read-constraints.ts'

/** Two versions of what a schema allows. */
export interface ConstraintPair {
  /** Name of the schema in messages. */
  readonly name: string
  /** JSON Pointer of the schema in the older bundle. */
  readonly pointer: string
  readonly direction: SpecChange['direction']
  readonly was: Constraints & Pick<MergedSchema, 'documented'>
  readonly is: Constraints & Pick<MergedSchema, 'documented'>
  readonly report: (change: SpecChange) => void
}

/**
 * Compares the allowed values of two versions. An enum allows only its values. A schema with known values allows other values, too. So if
 * an enum replaces known values, all other values are removed.
 */
export function compareValues({ name, pointer, direction, was, is, report }: ConstraintPair): void {
  const base = { subject: 'value', direction, pointer, owner: pointer } as const
  // In a response, the removal of a value is not breaking: code that handles this value still works.
  const sizeOfRemoval = direction === 'request' ? 'breaking' : 'additive'
  if (was.values === undefined && is.values !== undefined) {
    const what = `${name}: all values except ${[...is.values].join(', ')} are removed.`
    report({ ...base, size: sizeOfRemoval, what })
    return
  }
  if (is.values === undefined && was.values !== undefined) {
    report({ ...base, size: 'additive', what: `${name}: values other than ${[...was.values].join(', ')} are new.` })
    return
  }
  const [old, current] = [was.values ?? was.documented, is.values ?? is.documented]
  if (is.values === undefined && current.size === 0 && old.size > 0) {
    report({ ...base, size: 'additive', what: `${name}: the list of its known values is removed.` })
    return
  }
  for (const value of old) {
    if (current.has(value)) continue
    report({ ...base, size: sizeOfRemoval, name: value, what: `${name}: the value ${value} is removed.` })
  }
  for (const value of current) {
    if (!old.has(value)) report({ ...base, size: 'additive', name: value, what: `${name}: the value ${value} is new.` })
  }
}

/** Compares the limits of two versions. Only requests are compared, because clients do not rely on the limits of responses. */
export function compareLimits({ name, pointer, direction, was, is, report }: ConstraintPair): void {
  if (direction === 'response') return
  for (const keyword of limitKeywords) {
    const [old, current] = [was.limits.get(keyword), is.limits.get(keyword)]
    if (old === current) continue
    const isBreaking = isTighter(keyword, current, old)
    report({
      size: isBreaking ? 'breaking' : 'additive',
      subject: 'field',
      direction,
      pointer,
      owner: pointer,
      what: `${name}: ${describeChange(keyword, old, current)}.`,
    })
  }
}

function describeChange(
  keyword: string,
  old: number | string | undefined,
  current: number | string | undefined,
): string {
  if (old === undefined) return `the ${keyword} ${current} is new`
  if (current === undefined) return `the ${keyword} ${old} is removed`
  return `the ${keyword} is now ${current} instead of ${old}`
}
