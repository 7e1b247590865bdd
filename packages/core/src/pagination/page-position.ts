import type { PageRule } from '../http/service.ts'

/** The properties of a page that determine the next page. */
export interface ReceivedPage {
  readonly itemCount: number
  /** How many of the items were not on an earlier page. */
  readonly newItemCount: number
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

/**
 * A point between two pages of a list. It can be stored as JSON, so that a later iteration can continue there. An empty object is the start
 * of the list.
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
 * Creates a function that returns the position of the next page, or `undefined` after the last page.
 *
 * @param size the requested number of items per page
 * @param cursor where to begin. The function updates it.
 */
export function createPagePositions(rule: PageRule, first: number, size: number, cursor: PageCursor) {
  const isPageNumber = rule.style === 'page'
  const itemsPerPosition = isPageNumber ? size : 1
  let { position = first, unreadFrom = first, previousTotal, fruitlessPages = 0 } = cursor
  /**
   * How many items of the current list were received. An iteration that continues at a stored cursor can receive items of earlier pages
   * again. If the pages are numbered, the count of such an iteration is unknown, so the iteration does not end when the total is reached.
   */
  let received = 0
  if (cursor.next !== undefined) received = isPageNumber ? Number.NEGATIVE_INFINITY : position - first

  const findNext = ({ itemCount, newItemCount, lastKey, total: totalText }: ReceivedPage) => {
    received += newItemCount
    fruitlessPages = newItemCount > 0 ? 0 : fruitlessPages + 1
    const isShort = itemCount < size
    const total = Number(totalText)
    // Without keys, new items cannot be distinguished from items that are read again.
    const canReadAgain = rule.key && fruitlessPages < maxFruitlessPages
    const growth = (canReadAgain && total - (previousTotal ?? Number.NaN)) || 0
    previousTotal = total > itemCount ? total : undefined
    const end = position + (isPageNumber ? 1 : itemCount)
    // If items were inserted at the start of the list, this page may contain items that were already received.
    unreadFrom += Math.ceil(Math.max(growth, 0) / itemsPerPosition)
    const isRepetition = itemCount > 0 && position < unreadFrom
    unreadFrom = Math.max(unreadFrom, end)
    if (growth < 0) {
      received += growth
      position = Math.max(first, position + Math.floor(growth / itemsPerPosition))
      return position
    }
    const hasReachedTotal = received >= total && (isShort || total > itemCount)
    const isLastByLength = isShort && rule.max && !totalText
    if (hasReachedTotal || isLastByLength) return undefined
    if (rule.style === 'keyset') return newItemCount > 0 ? lastKey : undefined
    if (newItemCount === 0 && !isRepetition) return undefined
    position = end
    return position
  }
  return (page: ReceivedPage): string | number | undefined => {
    const next = findNext(page)
    Object.assign(cursor, { next, position, unreadFrom, previousTotal, fruitlessPages })
    return next
  }
}
