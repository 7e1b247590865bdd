import type { Json } from './schema.ts'

/** An object that a request created and that is not a job, such as a template. Times are in epoch milliseconds of the mock's clock. */
export interface StoredItem {
  readonly key: string
  readonly createdAt: number
  readonly updatedAt: number
  /** The submitted properties. */
  readonly submitted: Json
}

/** The items of one resource of a service. */
export interface ResourceStore {
  /** Whether a request has created an item. Until then, responses are the examples of the spec. */
  readonly isUsed: boolean
  /** Newest last. */
  list(): readonly StoredItem[]
  get(key: string): StoredItem | undefined
  /** Adds an item, or replaces the item with the same key. */
  put(item: StoredItem): void
  delete(key: string): void
}

export function createResourceStore(): ResourceStore {
  const items = new Map<string, StoredItem>()
  let isUsed = false
  return {
    get isUsed() {
      return isUsed
    },
    list: () => [...items.values()],
    get: key => items.get(key),
    put(item) {
      isUsed = true
      items.set(item.key, item)
    },
    delete: key => void items.delete(key),
  }
}
