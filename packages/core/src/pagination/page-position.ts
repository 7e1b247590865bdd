import type { PageRule } from '../http/service.ts'

/** The properties of a page that determine the next page. */
export interface ReceivedPage {
  readonly itemCount: number
  /** How many of the items were not on an earlier page. */
  readonly newItemCount: number
  /** Key of the last item that has one. */
  readonly lastKey: string | undefined
  /** Total as the service sent it. */
  readonly total: string | undefined
}

/**
 * After this many consecutive pages without new items, a changed total is ignored. This ends the iteration even if the total changes on
 * every page.
 */
const maxFruitlessPages = 10

/**
 * Creates a function that returns the position of the next page, or `undefined` after the last one.
 *
 * @param size the requested number of items per page
 */
export function createPagePositions(rule: PageRule, first: number, size: number) {
  const isPageNumber = rule.style === 'page'
  const itemsPerPosition = isPageNumber ? size : 1
  let position = first
  /** The first position after the items that were read. */
  let unreadFrom = first
  /** How many items of the current list were received. */
  let received = 0
  let previousTotal = Number.NaN
  let fruitlessPages = 0

  return ({ itemCount, newItemCount, lastKey, total: totalText }: ReceivedPage): string | number | undefined => {
    received += newItemCount
    fruitlessPages = newItemCount > 0 ? 0 : fruitlessPages + 1
    const isShort = itemCount < size
    const total = Number(totalText)
    // Without keys, new items cannot be distinguished from items that are read again.
    const canReadAgain = rule.key && fruitlessPages < maxFruitlessPages
    const growth = (canReadAgain && total - previousTotal) || 0
    previousTotal = total > itemCount ? total : Number.NaN
    const end = position + (isPageNumber ? 1 : itemCount)
    // New items at the start may have moved items that were read before to this page.
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
}
