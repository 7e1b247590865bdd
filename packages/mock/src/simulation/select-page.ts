import type { Pagination } from '@jobscope/specs'

/** The page that a list request selects. */
export interface PageQuery {
  /** `undefined` if the list has no pages. */
  readonly style: Pagination['style'] | undefined
  /** The number of the page, the index of the first item, or the key of the last item of the previous page. */
  readonly at: string | undefined
  readonly size: number | undefined
  /** The maximum number of items in the response. */
  readonly maxSize: number
  /** The number of the first page, or the index of the first item. */
  readonly first: number
  /** Whether the page ends before the key instead of starting after it. */
  readonly backwards: boolean
}

/** The keys of the items of a list, and their order. */
export interface ItemOrder<Item> {
  readonly getKey: (item: Item) => string
  /** Whether the keys become smaller from item to item. */
  readonly descending: boolean
}

/** The page size if neither the request nor the spec contains one. */
const DEFAULT_PAGE_SIZE = 100

/** Returns the items of the page that a request selects. */
export function selectPage<Item>(items: readonly Item[], page: PageQuery, order: ItemOrder<Item>): readonly Item[] {
  const length = Math.min(page.size ?? DEFAULT_PAGE_SIZE, page.maxSize)
  const at = Number(page.at ?? page.first)
  switch (page.style) {
    case undefined:
      return items.slice(0, page.maxSize)
    case 'page':
      // Some lists return all items for page 0.
      if (at < page.first) return items.slice(0, page.maxSize)
      return items.slice((at - page.first) * length).slice(0, length)
    case 'offset':
      return items.slice(Math.max(0, at - page.first)).slice(0, length)
    case 'keyset': {
      // The mock creates no key 0. Some clients send 0 for the first page.
      if (page.at === undefined || page.at === '0') return items.slice(0, length)
      const { start, end } = findKey(items, page.at, order)
      return page.backwards ? items.slice(Math.max(0, end - length), end) : items.slice(start, start + length)
    }
  }
}

/**
 * Finds the item with a key. The page after the key begins at `start`, and the page before the key ends at `end`. If the list does not
 * contain the item any more, both are the index that the item would have. So the pages do not repeat or omit items.
 */
function findKey<Item>(
  items: readonly Item[],
  key: string,
  { getKey, descending }: ItemOrder<Item>,
): { readonly start: number; readonly end: number } {
  const index = items.findIndex(item => getKey(item) === key)
  if (index >= 0) return { start: index + 1, end: index }
  const isAfterKey = (item: Item): boolean => (descending ? isBefore(getKey(item), key) : isBefore(key, getKey(item)))
  const next = items.findIndex(isAfterKey)
  const start = next < 0 ? items.length : next
  return { start, end: start }
}

/** Compares two keys: as numbers if both are numbers, otherwise as text. */
function isBefore(a: string, b: string): boolean {
  const [left, right] = [Number(a), Number(b)]
  return Number.isNaN(left) || Number.isNaN(right) ? a < b : left < right
}
