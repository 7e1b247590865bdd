import { getPlatformSender } from '#platform'
import type { Credentials } from '../auth/credentials.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { RetryMode } from '../generated/extension-values.gen.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import type { Hooks } from './hooks.ts'
import type { ApiRequest, ApiResponse } from './messages.ts'
import { RetryBudget, readMaxRetries } from './retry-policy.ts'
import { createFetchSender } from './senders/fetch.ts'
import type { Sender } from './senders/sender.ts'
import type { OperationFlags, Service } from './service.ts'
import type { Validate } from './validate.ts'

/** Options that all calls of a client share. An absent option has its default. */
export interface SendOptions {
  readonly credentials: Credentials
  /** Timeout of the whole call. @default '60s' */
  readonly timeout?: Duration | undefined
  /** Timeout of one attempt, including its body. @default '30s' */
  readonly attemptTimeout?: Duration | undefined
  /** Number of attempts after the first. @default 3 */
  readonly retry?: number | false | undefined
  /** Maximum size of a response body in bytes, after decompression. @default 64 MiB */
  readonly maxResponseBytes?: number | undefined
  readonly fetch?: typeof fetch | undefined
  /** Sends the requests instead of `fetch`. */
  readonly sender?: Sender | undefined
  readonly clock?: Clock | undefined
  readonly hooks?: Hooks | undefined
  readonly validate?: Validate | undefined
}

/** The data and functions that all calls of a client share. */
export interface SendContext extends SendOptions {
  readonly service: Pick<Service, 'name' | 'errors' | 'json'>
  readonly clock: Clock
  readonly sender: Sender
  /** Whether the client uses the default sender, because neither the option `sender` nor the option `fetch` is set. */
  readonly isOwnSender: boolean
  readonly maxResponseBytes: number
  readonly budget: RetryBudget
}

/** The data of one call. */
export interface Call {
  /** The operationId of the call. For a raw call, the method and the URL. */
  readonly operation: string
  /** Path of the operation with the names of its parameters in braces. */
  readonly path?: string | undefined
  readonly request: ApiRequest
  /** @default `safe` for GET and HEAD, else `unprocessed` */
  readonly retryMode?: RetryMode | undefined
  /** The flags of the operation, which say what a successful response contains. Absent for a raw call. */
  readonly flags?: Pick<OperationFlags, 'empty' | 'returns'> | undefined
  /** @default the client's */
  readonly timeout?: Duration | undefined
  /** @default the client's */
  readonly retry?: number | false | undefined
  readonly signal?: AbortSignal | undefined
}

/** Sends the request of a call: `sendWithRetries` with the context of a client. */
export type Send = (call: CallToSend) => Promise<ApiResponse>

/** A call whose request is created as its first step, so that the limits of the call apply to this step as well. */
export type CallToSend = Omit<Call, 'request'> & { readonly createRequest: () => ApiRequest | Promise<ApiRequest> }

const mebibyte = 1_048_576

/** @throws ConfigurationError if `credentials` are missing, or `maxResponseBytes` or `retry` is invalid */
export function createSendContext(service: SendContext['service'], options: SendOptions): SendContext {
  const { credentials, clock = systemClock, maxResponseBytes = 64 * mebibyte, fetch } = options
  if (!credentials?.authorize) throw new ConfigurationError('credentials', 'credentials are missing')
  if (!(Number.isInteger(maxResponseBytes) && maxResponseBytes > 0 && maxResponseBytes <= 500 * mebibyte)) {
    const problem = `maxResponseBytes is \`${maxResponseBytes}\` but must be a number of bytes up to 500 MiB`
    throw new ConfigurationError('maxResponseBytes', problem)
  }
  readMaxRetries(options.retry)
  const isOwnSender = !options.sender && !fetch
  const platformSender = isOwnSender ? getPlatformSender() : undefined
  const sender = options.sender ?? platformSender ?? createFetchSender(fetch ?? globalThis.fetch)
  return { ...options, service, clock, sender, isOwnSender, maxResponseBytes, budget: new RetryBudget() }
}
