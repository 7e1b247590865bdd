import type { CallOptions } from '../http/client-options.ts'
import type { Pages } from '../pagination/pages.ts'

type Args = { readonly [name: string]: unknown }

type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  /** Present on list methods. */
  all?: (args: Args, options: CallOptions) => Pages<unknown, unknown>
}

/** Returns a client's method for an operation. `operation` is an operationId, for example from a generated table. */
export const getMethod = (client: object, operation: string) =>
  (client as { readonly [operation: string]: unknown })[operation] as Method
