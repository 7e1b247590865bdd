import type { CallOptions } from '../http/client-options.ts'
import type { PageRule } from '../http/service.ts'
import { readFirstText } from '../internal/pointer.ts'
import { createPagePositions, type PageCursor } from './page-position.ts'
import { createContentError, readItems } from './read-items.ts'

/** Options of `.all()`. The timeout applies to each page. */
export interface AllOptions extends CallOptions {
  /** Maximum number of items. @default no maximum */
  limit?: number | undefined
  /**
   * Where to begin. The iteration updates this object after each page. A later iteration with the same object, or with a copy that was
   * stored as JSON, continues after the last page that was read. The later iteration returns an item again if the item has moved to a later
   * page in the meantime. `cursor.next` is undefined after the last page. A later iteration with such a cursor starts over. @default the
   * start of the list
   */
  cursor?: PageCursor | undefined
}

/** The items of a list over all its pages. `pages()` yields whole pages. Pages are fetched when they are needed. */
export interface Pages<Page, Item> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page>
}

// The call signatures of lists have no comment, so that editors show the comment of the method.

/** A list method whose arguments are all optional. A call fetches one page. */
export interface List<Args, AllArgs, Page, Item> {
  (args?: Args, options?: CallOptions): Promise<Page>
  /**
   * Yields each item of all pages once. Pages are fetched when they are needed.
   *
   * @example
   * for await (const batch of dli.listBatches.all()) console.log(batch.id)
   */
  all(args?: AllArgs, options?: AllOptions): Pages<Page, Item>
}

/** A list method that requires an argument. A call fetches one page. */
export interface ListOf<Args, AllArgs, Page, Item> {
  (args: Args, options?: CallOptions): Promise<Page>
  /** Yields each item of all pages once. Pages are fetched when they are needed. */
  all(args: AllArgs, options?: AllOptions): Pages<Page, Item>
}

type Args = Record<string, unknown>

export interface PaginatedCall {
  readonly call: (args: Args, options: CallOptions) => Promise<unknown>
  /** Name of the list method, for errors. */
  readonly operation?: string
  readonly rule: PageRule
  readonly args: Args
  readonly options: AllOptions
}

/** Default page size. The caller can set another page size, and a service's maximum can be lower. */
const defaultPageSize = 100

/**
 * Fetches the pages of a list by its page rule.
 *
 * If `args` contains no page size, a page has 100 items, or the service's maximum if the maximum is lower. Items that moved to a later page
 * during the iteration are yielded once. If the total falls during the iteration, items have moved to earlier pages. The iteration then
 * goes back by twice the number by which the total has fallen, until a page starts with an item that was already read. So it misses no item. The iteration ends in these cases:
 *
 * - All items of a page were already yielded. If they may have moved to this page because the list changed, the iteration continues, but
 *   only for up to 100 such pages in a row.
 * - A page is not full, the service's maximum page size is known, and the service sends no total.
 * - The total is reached. Some services send the number of items of the page as the total. Such a total is ignored.
 *
 * The iteration throws a ResponseError if a response has no list and its total is not 0, or if no item of a page has the key by which items are distinguished.
 */
export function paginate<Page, Item>({ call, operation, rule, args, options }: PaginatedCall): Pages<Page, Item> {
  const { limit = Number.POSITIVE_INFINITY, cursor = {}, ...callOptions } = options
  const { signal } = options
  const pageArgs = (rule.in === 'body' ? args['body'] : args) as Args | undefined
  const requestedSize = pageArgs?.[rule.size ?? ''] as number | undefined
  const size = requestedSize ?? Math.min(rule.max ?? defaultPageSize, defaultPageSize)

  function buildArgs(position: unknown): Args {
    const withPosition = { ...pageArgs, ...(rule.size && { [rule.size]: size }), [rule.param]: position }
    return rule.in === 'body' ? { ...args, body: withPosition } : withPosition
  }

  async function* fetchPages(): AsyncGenerator<{ readonly page: Page; readonly newItems: readonly Item[] }, void> {
    const seenKeys = new Set<string>()
    const first = rule.first ?? (rule.style === 'page' ? 1 : 0)
    const getNextPosition = createPagePositions(rule, first, size, cursor)
    let position: unknown = cursor.next ?? (rule.style === 'keyset' ? undefined : first)
    let left = limit
    while (left > 0) {
      signal?.throwIfAborted()
      const page = await call(buildArgs(position), callOptions)
      const total = readFirstText(page, [rule.total])
      const items = readItems(page, rule.items, operation, total) as readonly Item[]
      const keys = items.map(item => readFirstText(item, [rule.key]))
      if (rule.key && items.length > 0 && !keys.some(Boolean)) {
        throw createContentError(operation, `No item of the list has the field ${rule.key.slice(1)}`)
      }
      const newKeys = new Set(keys.filter(key => key && !seenKeys.has(key)))
      const previous = position
      position = getNextPosition({
        itemCount: items.length,
        // Items without a key do not count. Otherwise, a page that a service repeats would never be the last one.
        newItemCount: rule.key ? newKeys.size : items.length,
        startsWithKnownItem: seenKeys.has(`${keys[0]}`),
        lastKey: keys.findLast(Boolean),
        total,
      })
      const isUsed = !(Number(position) < Number(previous))
      const newItems = items.filter((_, index) => {
        const key = keys[index]
        return isUsed && (key === undefined || (!seenKeys.has(key) && seenKeys.add(key)))
      })
      yield { page: page as Page, newItems: newItems.slice(0, left) }
      left -= newItems.length
      if (position === undefined) return
    }
  }

  return {
    async *[Symbol.asyncIterator]() {
      for await (const { newItems } of fetchPages()) {
        for (const item of newItems) {
          // The caller can abort between two items of a page.
          signal?.throwIfAborted()
          yield item
        }
      }
    },
    async *pages() {
      for await (const { page } of fetchPages()) yield page
    },
  }
}
