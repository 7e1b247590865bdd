import type { redact } from '../errors/redact.ts'
import type { BodyFormat } from './json.ts'

/**
 * The shapes of what codegen writes for a service. They are data: one runtime (client.ts) reads them, no service has code
 * of its own. A fact in such a table comes from `specs/`; it is never typed by hand.
 */

/** What the runtime knows of a service. Emitted as `service.gen.ts`. */
export interface Service {
  /** Short name, as in host names: `dli`. */
  readonly name: string
  /** Endpoint of each cloud: a formula with `{region}`, and the regions whose host does not follow it. */
  readonly servers: { readonly [cloud: string]: Server }
  /** Operations by operationId. */
  readonly operations: { readonly [operationId: string]: Operation }
  /** How to tell a failure, and where its code and message stand. */
  readonly errors: ErrorRules
  /** How its bodies are read and written; `exactJson` where it has integers of 64 bits. @default JSON */
  readonly json?: BodyFormat
  /** Takes the secrets of a request out of the body of its failure: `redact`. @default bodies stay as they are */
  readonly redact?: typeof redact
}

/** Endpoint formula of one cloud. */
export interface Server {
  readonly url: string
  readonly regions?: { readonly [region: string]: string }
}

/** Method and path, and what differs from the default. Names in braces are path parameters, `body` is the body, the rest is the query. */
export type Operation = readonly [route: string, flags?: OperationFlags]

export interface OperationFlags {
  /** Which failures may be retried; GET and HEAD are `safe`, the rest `unprocessed` unless the spec says otherwise. */
  readonly retry?: RetryMode
  /** Makes the body multipart/form-data; `formData` it is. */
  readonly form?: (body: never) => FormData
  /** How the list is paged. */
  readonly page?: PageRule
}

/** `safe`: any transient failure. `unprocessed`: only where the server surely did nothing. `never`: not at all. */
export type RetryMode = 'safe' | 'unprocessed' | 'never'

/** How a list is paged; `items`, `total` and `key` are JSON Pointers. */
export interface PageRule {
  readonly style: 'page' | 'offset' | 'keyset'
  readonly in?: 'body'
  readonly param: string
  readonly size?: string
  readonly first?: number
  readonly max?: number
  readonly items: string
  readonly total?: string
  readonly key?: string
}

/** Where failures stand in the bodies of a service. All places are JSON Pointers, tried in order. */
export interface ErrorRules {
  /** A 2xx body is a failure if the value at `at`, as a text, matches `is`; no value is the empty text. */
  readonly failure?: { readonly at: string; readonly is: RegExp }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  /** Names of response headers with the ID of the request, tried before the body. */
  readonly requestIdHeaders?: readonly string[]
  readonly kinds: ErrorKinds
  /** Finds the secrets in the body of a request, so that a failure that quotes them does not show them: `secretMembers(names)`. */
  readonly secrets?: (body: Uint8Array) => readonly string[]
}

/** Matches the codes of each kind, in whatever case a service spells them. */
export type ErrorKinds = { readonly [K in ErrorKind]?: RegExp }

/** What a failure means for the caller, whatever code a service gives it. */
export type ErrorKind =
  | 'auth'
  | 'auth-expired'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'quota'
  | 'rate-limit'
  | 'transient'
  | 'invalid'
