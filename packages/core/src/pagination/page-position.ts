import type { PageRule } from '../http/service.ts'

/** The properties of a page that determine the next page. */
export interface ReceivedPage {
  readonly itemCount: number
  /** How many of the items were not on an earlier page. */
  readonly newItemCount: number
  /** Whether the first item was on an earlier page, so that no item before this page was missed. */
  readonly startsWithKnownItem: boolean
  /** Key of the last item that has a key. */
  readonly lastKey: string | undefined
  /** Total number of items, as the service sent it. */
  readonly total: string | undefined
}

/**
 * After this many consecutive pages without new items, a changed total is ignored. Therefore, the iteration ends even if the total changes
 * on every page.
 */
const maxFruitlessPages = 10

/** After this many consecutive pages without new items, the iteration ends, even if the known items may have moved to later pages. */
const maxRepeatedPages = 100

/**
 * A point between two pages of a list. It can be stored as JSON, so that a later iteration can continue there. An empty object is the start
 * of the list. A cursor whose `next` is undefined also begins at the start of the list, for example after its last page. Its other
 * properties are then ignored.
 */
export interface PageCursor {
  /** The position of the next page. */
  next?: string | number | undefined
  position?: number | undefined
  /** The first position after the items that were read. */
  unreadFrom?: number | undefined
  previousTotal?: number | undefined
  fruitlessPages?: number | undefined
}

/**
 * Creates a function that returns the position of the next page, or `undefined` after the last page. If this position is before the page,
 * the list has shrunk, and items before the page may be missing. The items of the page are then not used.
 *
 * @param size the requested number of items per page
 * @param cursor where to begin. The function updates it.
 */
export function createPagePositions(rule: PageRule, first: number, size: number, cursor: PageCursor) {
  const isPageNumber = rule.style === 'page'
  const itemsPerPosition = isPageNumber ? size : 1
  const start: PageCursor = cursor.next === undefined ? {} : cursor
  let { position = first, unreadFrom = first, previousTotal, fruitlessPages = 0 } = start
  /**
   * How many items of the current list were received. An iteration that continues at a stored cursor can receive items of earlier pages
   * again. If the pages are numbered, the count of such an iteration is unknown, so the iteration does not end when the total is reached.
   */
  let received = 0
  if (cursor.next !== undefined) received = isPageNumber ? Number.NEGATIVE_INFINITY : position - first

  /** Returns by how many items the list has grown since the previous page. Negative if it has shrunk. */
  function measureGrowth({ itemCount, total }: ReceivedPage): number {
    const count = Number(total)
    // Without keys, new items cannot be distinguished from items that are read again.
    const canReadAgain = rule.key && fruitlessPages < maxFruitlessPages
    const growth = (canReadAgain && count - (previousTotal ?? Number.NaN)) || 0
    previousTotal = count > itemCount ? count : undefined
    return growth
  }

  function isLastPage({ itemCount, total }: ReceivedPage): unknown {
    const isShort = itemCount < size
    const hasReachedTotal = received >= Number(total) && (isShort || Number(total) > itemCount)
    return hasReachedTotal || (isShort && rule.max && !total)
  }

  function findNext(page: ReceivedPage) {
    const { itemCount, newItemCount, lastKey } = page
    const growth = measureGrowth(page)
    received += Math.min(growth, 0)
    if (growth < 0 && position > first && !page.startsWithKnownItem) {
      fruitlessPages++
      // The list may shrink as much again before the next request. The page then starts with the last known item.
      position = Math.max(first, position + Math.floor((2 * growth - 1) / itemsPerPosition))
      return position
    }
    received += newItemCount
    fruitlessPages = newItemCount > 0 ? 0 : fruitlessPages + 1
    const end = position + (isPageNumber ? 1 : itemCount)
    // If items were inserted at the start of the list, this page may contain items that were already received.
    unreadFrom += Math.ceil(Math.max(growth, 0) / itemsPerPosition)
    const isRepetition = itemCount > 0 && position < unreadFrom
    unreadFrom = Math.max(unreadFrom, end)
    if (isLastPage(page)) return undefined
    if (rule.style === 'keyset') return newItemCount > 0 ? lastKey : undefined
    if (newItemCount === 0 && !(isRepetition && fruitlessPages < maxRepeatedPages)) return undefined
    position = end
    return position
  }

  return (page: ReceivedPage): string | number | undefined => {
    const next = findNext(page)
    Object.assign(cursor, { next, position, unreadFrom, previousTotal, fruitlessPages })
    return next
  }
}
