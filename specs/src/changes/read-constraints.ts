import type { Bundle, Schema } from '../openapi.ts'
import { follow } from './follow.ts'

/** Keywords whose lower value is the tighter limit. */
const upperLimits = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const
/** Keywords whose higher value is the tighter limit. */
const lowerLimits = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const
/** Keywords whose values have no order, so every other value can be tighter. */
const otherLimits = ['pattern', 'multipleOf', 'uniqueItems'] as const

export type LimitKeyword = (typeof upperLimits)[number] | (typeof lowerLimits)[number] | (typeof otherLimits)[number]

export const limitKeywords: readonly LimitKeyword[] = [...upperLimits, ...lowerLimits, ...otherLimits]

/** What a value must fulfill to be valid. */
export interface Constraints {
  /** The values that an enum or a const allows, as text. `undefined` if other values are allowed, too. */
  readonly values: ReadonlySet<string> | undefined
  readonly limits: ReadonlyMap<LimitKeyword, number | string>
}

const none: Constraints = { values: undefined, limits: new Map() }

/** Reads the constraints of the schema at a JSON Pointer, together with those of its `allOf`, `oneOf` and `anyOf`. */
export function readConstraints(bundle: Bundle, start: string, outer: readonly string[] = []): Constraints {
  const { value: schema, pointer } = follow<Schema | undefined>(bundle, start)
  if (!schema || outer.includes(pointer)) return none
  const readParts = (keyword: 'allOf' | 'oneOf' | 'anyOf') =>
    (schema[keyword] ?? []).map((_, index) =>
      readConstraints(bundle, `${pointer}/${keyword}/${index}`, [...outer, pointer]),
    )
  const alternatives = [readParts('oneOf'), readParts('anyOf')].filter(list => list.length > 0)
  return [...readParts('allOf'), ...alternatives.map(list => list.reduce(combineAlternatives))].reduce(
    combineAll,
    readOwn(schema),
  )
}

function readOwn(schema: Schema): Constraints {
  const { enum: listed, const: constant, type } = schema
  const values = listed ?? (constant !== undefined ? [constant] : type === 'null' ? [null] : undefined)
  const limits = new Map<LimitKeyword, number | string>()
  for (const keyword of limitKeywords) {
    const limit = (schema as { readonly [keyword: string]: unknown })[keyword]
    if (typeof limit === 'number' || typeof limit === 'string') limits.set(keyword, limit)
    else if (limit === true) limits.set(keyword, 'true')
  }
  return { values: values && new Set(values.map(String)), limits }
}

/** Whether a limit allows less than another limit. A missing limit allows everything. */
export function isTighter(
  keyword: LimitKeyword,
  limit: number | string | undefined,
  other: number | string | undefined,
): boolean {
  if (limit === undefined || limit === other) return false
  if (other === undefined) return true
  if (isIn(upperLimits, keyword)) return limit < other
  if (isIn(lowerLimits, keyword)) return limit > other
  return true
}

const isIn = (list: readonly string[], keyword: string): boolean => list.includes(keyword)

/** Returns the constraints of a value that must fulfill both `one` and `other`. */
function combineAll(one: Constraints, other: Constraints): Constraints {
  const limits = new Map(one.limits)
  for (const [keyword, limit] of other.limits) {
    const known = limits.get(keyword)
    if (known === undefined || known === limit) limits.set(keyword, limit)
    else if (isIn(otherLimits, keyword)) limits.set(keyword, [known, limit].sort().join(' and '))
    else if (isTighter(keyword, limit, known)) limits.set(keyword, limit)
  }
  const values =
    one.values && other.values ? new Set([...one.values].filter(each => other.values?.has(each))) : undefined
  return { values: values ?? one.values ?? other.values, limits }
}

const isNull = ({ values }: Constraints): boolean => values?.size === 1 && values.has('null')

/** Returns the constraints of a value that must fulfill at least one of `one` and `other`. */
function combineAlternatives(one: Constraints, other: Constraints): Constraints {
  const values = one.values && other.values && new Set([...one.values, ...other.values])
  // Limits do not apply to null. So if one alternative is null, the limits of the other alternative stay.
  if (isNull(one)) return { values, limits: other.limits }
  if (isNull(other)) return { values, limits: one.limits }
  const limits = new Map<LimitKeyword, number | string>()
  for (const [keyword, limit] of one.limits) {
    const second = other.limits.get(keyword)
    if (second === undefined) continue
    if (limit !== second && isIn(otherLimits, keyword)) limits.set(keyword, [limit, second].sort().join(' or '))
    else limits.set(keyword, isTighter(keyword, limit, second) ? second : limit)
  }
  return { values, limits }
}
