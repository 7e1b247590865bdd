import type { CallOptions } from '../http/client-options.ts'
import { getMethod } from '../internal/methods.ts'
import { readItems } from './read-items.ts'

export interface ListCall {
  readonly client: object
  readonly operation: string
  /** JSON Pointer to the items in the response. */
  readonly itemsAt: string
  readonly args: { readonly [name: string]: unknown }
  readonly options: CallOptions
}

/** Yields all items of a list, over all its pages. */
export async function* listItems({ client, operation, itemsAt, args, options }: ListCall): AsyncGenerator<unknown> {
  const method = getMethod(client, operation)
  yield* method.all ? method.all(args, options) : readItems(await method(args, options), itemsAt, operation)
}
