import { getPlatformSender } from '#platform'
import type { Credentials } from '../auth/credentials.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import type { Hooks } from './hooks.ts'
import type { ApiRequest, ApiResponse } from './messages.ts'
import { RetryBudget } from './retry-policy.ts'
import { createFetchSender } from './senders/fetch.ts'
import type { Sender } from './senders/sender.ts'
import type { RetryMode, Service } from './service.ts'

/** Options that all calls of a client share. An absent option has its default. */
export interface SendOptions {
  readonly credentials: Credentials
  /** Time for the whole call. @default '60s' */
  readonly timeout?: Duration | undefined
  /** Time for one attempt, including its body. @default '30s' */
  readonly attemptTimeout?: Duration | undefined
  /** Number of attempts after the first. @default 3 */
  readonly retry?: number | false | undefined
  readonly fetch?: typeof fetch | undefined
  readonly clock?: Clock | undefined
  readonly hooks?: Hooks | undefined
}

/** What all calls of a client share. */
export interface SendContext extends SendOptions {
  readonly service: Pick<Service, 'errors' | 'json' | 'redact'>
  readonly clock: Clock
  readonly sender: Sender
  readonly budget: RetryBudget
}

/** What belongs to one call. */
export interface Call {
  /** operationId, or method and URL of a raw call. */
  readonly operation: string
  readonly request: ApiRequest
  /** @default `safe` for GET and HEAD, else `unprocessed` */
  readonly retryMode?: RetryMode | undefined
  /** @default the client's */
  readonly timeout?: Duration | undefined
  /** @default the client's */
  readonly retry?: number | false | undefined
  readonly signal?: AbortSignal | undefined
}

/** Sends the request of a call: `sendWithRetries` with the context of a client. */
export type Send = (call: Call) => Promise<ApiResponse>

/** @throws ConfigurationError if `credentials` are missing */
export function createSendContext(service: SendContext['service'], options: SendOptions): SendContext {
  const { credentials, clock = systemClock, fetch } = options
  if (!credentials) throw new ConfigurationError('credentials', 'credentials are missing')
  const sender = (fetch ? undefined : getPlatformSender()) ?? createFetchSender(fetch ?? globalThis.fetch)
  return { ...options, service, clock, sender, budget: new RetryBudget() }
}
