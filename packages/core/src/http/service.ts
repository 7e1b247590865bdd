import type { ErrorKind, PaginationStyle, RetryMode } from '../generated/extension-values.gen.ts'
import type { EncodedBody } from './form-data.ts'
import type { BodyFormat } from './json.ts'

/**
 * The types of the tables that codegen writes for a service. The tables are data: one runtime (client.ts) interprets them, and there is no
 * separate code for a service. Every fact in a table comes from `specs/`.
 */

/** The facts about a service that the runtime needs. Generated as `service.gen.ts`. */
export interface Service {
  /** Short name, as in host names: `dli`. */
  readonly name: string
  /** Endpoints by cloud. */
  readonly servers: { readonly [cloud: string]: Server }
  /** Operations by operationId. */
  readonly operations: { readonly [operationId: string]: Operation }
  /** How to recognize a failure, and where its code and message are. */
  readonly errors: ErrorRules
  /** Parses and serializes bodies. `exactJson` for services with integers of 64 bits. @default JSON */
  readonly json?: BodyFormat
}

/** Endpoints of one cloud: a URL with `{region}`, and the URLs of regions whose endpoint has another form. */
export interface Server {
  readonly url: string
  readonly regions?: { readonly [region: string]: string }
}

/**
 * The method and the path of an operation (`GET /v1/{project_id}/jobs`), and its flags that differ from the defaults. The names in braces
 * are path parameters. In the arguments of a call, `body` is the body, and all other arguments are query parameters.
 */
export type Operation = readonly [route: string, flags?: OperationFlags]

export interface OperationFlags {
  /** Which failures are retried. @default `safe` for GET and HEAD, else `unprocessed` */
  readonly retry?: RetryMode
  /** Encodes the body as multipart/form-data: `encodeForm`. */
  readonly form?: (body: never) => Promise<EncodedBody>
  /** `true` if no successful response needs a body, or the only successful status without a body. */
  readonly empty?: true | number
  /**
   * JSON Pointers to texts that a successful response always contains: the key of the created job, or the result of a bulk action. If the
   * response is a list, they apply to its first item.
   */
  readonly returns?: readonly string[]
}

/**
 * How the lists of a service are paginated, by operationId. These rules are separate from the operations, because not every client needs
 * them.
 */
export interface PageRules {
  readonly [operationId: string]: PageRule
}

/** How a list is paginated. `items`, `total` and `key` are JSON Pointers. */
export interface PageRule {
  readonly style: PaginationStyle
  /** Where the position is sent. @default the query */
  readonly in?: 'body'
  /** Parameter for the position. */
  readonly param: string
  /** Parameter for the page size. */
  readonly size?: string
  /** Position of the first page. @default 1 for `page`, 0 for `offset` */
  readonly first?: number
  /** Largest page size that the service accepts. */
  readonly max?: number
  /** JSON Pointer to the items of a page. */
  readonly items: string
  /** JSON Pointer to the total number of items. */
  readonly total?: string
  /** Identifies an item. */
  readonly key?: string
}

/**
 * How to read failures. `at`, `code`, `message` and `requestId` contain JSON Pointers into the body. If a property contains several
 * pointers, they are tried in order.
 */
export interface ErrorRules {
  /**
   * A 2xx response is a failure if the value at `at`, converted to lower-case text, matches `is`. A missing value counts as an empty text.
   */
  readonly failure?: { readonly at: string; readonly is: RegExp }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  /** Headers that contain the request ID, tried in order before `requestId`. @default ['x-request-id'] */
  readonly requestIdHeaders?: readonly string[]
  readonly kinds: ErrorKinds
  /** Finds the secrets in a request body, so that they can be redacted if the error response quotes them. */
  readonly findSecrets?: (body: Uint8Array) => readonly string[]
}

/** Patterns for the error codes of each kind. The patterns ignore case if the service's spelling varies. */
export type ErrorKinds = { readonly [K in ErrorKind]?: RegExp }
