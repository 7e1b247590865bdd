import type { CallOptions } from '../http/client.ts'
import type { PageRule } from '../http/service.ts'
import { readFirstText, readPointer } from '../internal/pointer.ts'

/** What `.all()` takes besides what a call takes. The timeout is for each page. */
export interface AllOptions extends CallOptions {
  /** At most so many items. @default all of them */
  limit?: number | undefined
}

/** The items of a list, one by one, over all its pages; `pages()` gives whole pages. Pages are fetched as they are needed. */
export interface Pages<Page, Item> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page>
}

/** A list method whose arguments are all optional … */
export interface List<Args, AllArgs, Page, Item> {
  /** One page. */
  (args?: Args, options?: CallOptions): Promise<Page>
  /**
   * Every item of every page, none twice, fetched as needed.
   *
   * @example
   * for await (const item of client.listThings.all()) console.log(item)
   */
  all(args?: AllArgs, options?: AllOptions): Pages<Page, Item>
}

/** … and one that needs an argument besides the page. */
export interface ListOf<Args, AllArgs, Page, Item> {
  /** One page. */
  (args: Args, options?: CallOptions): Promise<Page>
  /** Every item of every page, none twice, fetched as needed. */
  all(args: AllArgs, options?: AllOptions): Pages<Page, Item>
}

type Args = Record<string, unknown>
type Call = (args: Args, options: CallOptions) => Promise<unknown>

/**
 * The pages of a list, by its page rule.
 *
 * Asks for pages of 100 items, or of as many as the API allows, unless `args` says otherwise. Items that moved to a later
 * page while the list was read come once. It ends at an empty page, at one that brings nothing new, at a short one where
 * the API's largest page is known, and where the total is reached; a total that only counts its own page does not count.
 */
export function pagesOf<Page, Item>(call: Call, rule: PageRule, args: Args, options: AllOptions): Pages<Page, Item> {
  // More items than any list has.
  const { limit = 1e15, ...callOptions } = options
  const { param, size: sizeParam, max, total: totalAt, items: itemsAt, key: keyAt } = rule
  const given = (rule.in === 'body' ? args['body'] : args) as Args | undefined
  const size = (given?.[sizeParam ?? ''] as number) ?? Math.min(max ?? 100, 100)

  const request = (position: unknown): Args => {
    const page = { ...given, ...(sizeParam && { [sizeParam]: size }), [param]: position }
    return rule.in === 'body' ? { ...args, body: page } : page
  }

  async function* read(): AsyncGenerator<{ page: Page; fresh: Item[] }, void> {
    let left = limit
    const seen = new Set<string>()
    let position: unknown = rule.style === 'keyset' ? undefined : (rule.first ?? (rule.style === 'page' ? 1 : 0))
    let received = 0
    while (left > 0) {
      options.signal?.throwIfAborted()
      const page = await call(request(position), callOptions)
      const items = (readPointer(page, itemsAt) ?? []) as Item[]
      const keys = items.map(item => readFirstText(item, [keyAt]))
      const fresh = items.filter((_, index) => {
        const key = keys[index]
        return key === undefined || (!seen.has(key) && seen.add(key))
      })
      received += items.length
      yield { page: page as Page, fresh: fresh.slice(0, left) }
      left -= fresh.length
      const short = items.length < size
      const total = readFirstText(page, [totalAt])
      const counted = received >= Number(total) && (short || Number(total) > items.length)
      if (!fresh.length || counted || (short && max && !total)) return
      position = rule.style === 'keyset' ? keys.at(-1) : Number(position) + (rule.style === 'page' ? 1 : items.length)
    }
  }

  return {
    async *[Symbol.asyncIterator]() {
      for await (const { fresh } of read()) {
        for (const item of fresh) {
          // Also between two items of a page.
          options.signal?.throwIfAborted()
          yield item
        }
      }
    },
    async *pages() {
      for await (const { page } of read()) yield page
    },
  }
}
