import { createHmac } from 'node:crypto'
import { ConfigurationError } from '@jobscope/core/internal'
import type { WatcherEvent } from '../engine/job-event.ts'
import { RejectedEventError, type Sink } from './sink.ts'

export interface WebhookOptions {
  /** @default 'webhook' */
  readonly name?: string | undefined
  readonly url: string | URL
  /** The key of the signature. Without it, requests are not signed. */
  readonly secret?: string | undefined
  /** Additional headers, for example for authentication. The headers that the webhook sets itself are not allowed. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly types?: readonly string[] | undefined
  /**
   * Converts an event to the body of a request. With this function, each event is sent in its own request.
   *
   * @default all events of a delivery as a JSON array
   */
  readonly format?: ((event: WatcherEvent) => unknown) | undefined
  /** Timeout of a request, in ms. @default 10000 */
  readonly timeout?: number | undefined
  /**
   * How long the delivery of an event is repeated after failures, in ms. After this time, the event becomes a dead letter.
   *
   * @default 24 hours
   */
  readonly retryFor?: number | undefined
  /** Replaces `fetch` in tests. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Returns the current time, in epoch ms. @default Date.now */
  readonly now?: (() => number) | undefined
}

const defaultTimeout = 10_000

/** The headers that the webhook sets. With a second value of one of them, the receiver could not read or verify the request. */
const ownHeaders: readonly string[] = ['content-type', 'jobscope-timestamp', 'jobscope-signature']

/** Finds the mistakes in the name of an additional header. */
export const checkHeaderName = (name: string): string[] =>
  ownHeaders.includes(name.toLowerCase()) ? [`has the header "${name}", which the webhook sets itself. Remove it.`] : []

/** These status codes mean that the receiver will never accept the body. */
const rejections: readonly number[] = [400, 413, 415, 422]

/**
 * Delivers events to a URL with POST, as `application/cloudevents-batch+json`. With a secret, each request has the headers
 * `jobscope-timestamp` (seconds since 1970) and `jobscope-signature`. The signature is `v1=`, followed by an HMAC-SHA-256 in
 * hexadecimal. The HMAC covers the timestamp, a dot and the body.
 *
 * A receiver should respond with a status code of 2xx as soon as it has stored the events. The receiver can get an event more than
 * once, but always with the same ID.
 *
 * @throws ConfigurationError if `headers` contains a header that the webhook sets itself
 */
export function webhook(options: WebhookOptions): Sink {
  const { name = 'webhook', types, format, retryFor, headers = {} } = options
  for (const problem of Object.keys(headers).flatMap(checkHeaderName)) {
    throw new ConfigurationError('headers', `The webhook "${name}" ${problem}`)
  }
  return {
    name,
    types,
    retryFor,
    // Without batches, a failed request does not repeat the requests of other events.
    ...(format && { batchSize: 1 }),
    async deliver(events, signal) {
      if (!format) return post(options, JSON.stringify(events), 'application/cloudevents-batch+json', signal)
      for (const event of events) await post(options, JSON.stringify(format(event)), 'application/json', signal)
    },
  }
}

async function post(options: WebhookOptions, body: string, contentType: string, signal: AbortSignal): Promise<void> {
  const { url, secret, headers, timeout = defaultTimeout, fetch = globalThis.fetch, now = Date.now } = options
  const timestamp = `${Math.floor(now() / 1000)}`
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    headers: {
      ...headers,
      'content-type': contentType,
      ...(secret && { 'jobscope-timestamp': timestamp, 'jobscope-signature': signPayload(secret, timestamp, body) }),
    },
  })
  await response.body?.cancel()
  if (response.ok) return
  // The URL is not part of the message, because it can contain a secret.
  const message = `The receiver responded with status code ${response.status}.`
  throw rejections.includes(response.status) ? new RejectedEventError(message) : new Error(message)
}

const signPayload = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
