import type { CallOptions } from '../http/client-options.ts'
import type { Pages } from '../pagination/pages.ts'

type Args = { readonly [name: string]: unknown }

type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  /** Present on list methods. */
  all?: (args: Args, options: CallOptions) => Pages<unknown, unknown>
}

/** Returns the method of a client for an operation that a table names. */
export const getMethod = (client: object, operation: string) =>
  (client as { readonly [operation: string]: unknown })[operation] as Method
