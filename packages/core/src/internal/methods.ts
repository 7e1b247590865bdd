import type { CallOptions } from '../http/client.ts'
import type { Pages } from '../pagination/pages.ts'

/** A client by the names of its methods, for code that knows them from a table. */
export type Methods = { readonly [operation: string]: Method | undefined }

type Method = ((args: Args, options: CallOptions) => Promise<unknown>) & {
  /** On lists. */
  all?: (args: Args, options: CallOptions) => Pages<unknown, unknown>
}

type Args = { readonly [name: string]: unknown }
