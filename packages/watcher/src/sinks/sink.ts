import type { WatcherEvent } from '../engine/job-event.ts'

/** A receiver of events. */
export interface Sink {
  /** Identifies the sink in the database. A sink with a new name gets only events that are stored from now on. */
  readonly name: string
  /**
   * Delivers events of one shard, in order. If this function rejects, the same events are delivered again later.
   *
   * @throws RejectedEventError if the receiver will never accept an event
   */
  deliver(events: readonly WatcherEvent[], signal: AbortSignal): Promise<void>
  /** Types of events to deliver, for example `ended` or `rule.stuck`. @default all */
  readonly types?: readonly string[] | undefined
  /**
   * Maximum number of events in one call of `deliver`. If a call with several events rejects, the sink gets each of these events again,
   * in its own call. Set 1 if `deliver` sends each event separately, so that no event is sent twice because a later event failed.
   *
   * @default 100
   */
  readonly batchSize?: number | undefined
  /**
   * How long the delivery of an event is repeated after failures, in ms. After this time, the event becomes a dead letter.
   *
   * @default 24 hours
   */
  readonly retryFor?: number | undefined
}

/** The receiver will never accept the event. The event becomes a dead letter after a few attempts. */
export class RejectedEventError extends Error {
  override readonly name = 'RejectedEventError'
}
