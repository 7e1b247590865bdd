import { isObject } from './schema.ts'

/**
 * The maximum size of the submitted values that are kept of one request. Without a limit, a list of jobs with requests of 12 MiB would
 * block the mock for seconds, and could exceed the longest string of JavaScript.
 */
export const MAX_REQUEST_SIZE = 64 * 1024

/** The maximum size of the submitted values of one job or other object, after all requests that changed it. */
export const MAX_OBJECT_SIZE = 4 * MAX_REQUEST_SIZE

/** The maximum size of the submitted values in one list. */
const MAX_LIST_SIZE = 4 * 1024 * 1024

/** The maximum size of the submitted values of each item in a list with this number of items. */
export const getMaxItemSize = (length: number): number => Math.floor(MAX_LIST_SIZE / Math.max(1, length))

/** The size of a value without its text. It limits the number of values. */
const VALUE_SIZE = 16

/** If the items of an array or object cannot have at least this size, its last items are left out. */
const MIN_ITEM_SIZE = 64

/** The size of a value: the length of its texts and property names in characters, and `VALUE_SIZE` for each value. */
function measure(value: unknown): number {
  if (typeof value === 'string') return VALUE_SIZE + value.length
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + measure(item), VALUE_SIZE)
  if (!isObject(value)) return VALUE_SIZE
  return Object.entries(value).reduce((sum, [name, inner]) => sum + name.length + measure(inner), VALUE_SIZE)
}

/**
 * Returns the value with at most the given size. The longest texts are cut first, so that short values such as names stay complete. An
 * array or object with too many items loses its last items. The result can share parts with the value.
 */
export function shorten<T>(value: T, maxSize: number): T {
  return (measure(value) <= maxSize ? value : cut(value, maxSize)) as T
}

function cut(value: unknown, maxSize: number): unknown {
  const rest = Math.max(0, maxSize - VALUE_SIZE)
  // A text must not end with the first half of a surrogate pair.
  if (typeof value === 'string') return value.slice(0, rest).replace(/[\uD800-\uDBFF]$/, '')
  if (Array.isArray(value)) {
    const sizes = value.map(measure)
    return selectItems(sizes, rest).map(([index, size]) => shorten(value[index] as unknown, size))
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const sizes = entries.map(([name, inner]) => name.length + measure(inner))
  const kept = selectItems(sizes, rest).flatMap(([index, size]): [string, unknown][] => {
    const [name, inner] = entries[index] as [string, unknown]
    return size < name.length + VALUE_SIZE ? [] : [[name, shorten(inner, size - name.length)]]
  })
  return Object.fromEntries(kept)
}

/** Returns the indexes of the items that are kept, with the size that each of them may have. */
function selectItems(sizes: readonly number[], maxSize: number): [index: number, size: number][] {
  const longest = Math.max(MIN_ITEM_SIZE, getLongest(sizes, maxSize))
  let used = 0
  return sizes.flatMap((size, index): [number, number][] => {
    const kept = Math.min(size, longest)
    used += kept
    return used <= maxSize ? [[index, kept]] : []
  })
}

/** Returns the greatest size for which the sum of all sizes, each limited to this size, is at most `maxSize`. */
function getLongest(sizes: readonly number[], maxSize: number): number {
  const sorted = [...sizes].sort((a, b) => a - b)
  let rest = maxSize
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(rest / (sorted.length - index))
    if (size > share) return share
    rest -= size
  }
  return maxSize
}
