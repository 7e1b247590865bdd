import { toWatcherEvent } from '../engine/job-event.ts'
import { type Run, type SinkPosition, StaleRunError, type Store, type StoredEvent } from '../store/store.ts'
import { RejectedEventError, type Sink } from './sink.ts'

export interface DeliveryContext {
  readonly store: Store
  readonly now: () => number
  readonly random: () => number
  /** Removes secrets from texts before they are stored. */
  readonly redact: (text: string) => string
  readonly onDelivered?: (count: number, event: StoredEvent) => void
  readonly onFailure?: (error: unknown, isDeadLetter: boolean) => void
}

const defaultBatchSize = 100
const defaultRetryFor = 24 * 3_600_000

/** How long a sink without new events waits, in ms. */
const idlePause = 1_000

/** The pauses after failed deliveries, in ms. */
const firstRetryPause = 1_000
const maxRetryPause = 300_000

/** After this many attempts, an event that the receiver rejects becomes a dead letter. */
const maxRejections = 3

/**
 * Delivers the events of all shards to a sink, in the order of their numbers. The position of the sink in a shard is updated only
 * after the delivery, so that each event is delivered at least once.
 */
export async function deliverEvents(
  context: DeliveryContext,
  sink: Sink,
  run: Run,
  signal: AbortSignal,
): Promise<void> {
  const { store } = context
  let pause: number
  try {
    pause = await deliverShards(context, sink, signal)
  } catch (error) {
    if (!(error instanceof StaleRunError)) throw error
    // The position of the sink has changed during the delivery. If this worker still owns the run, the cause was a replay, and the
    // delivery continues at once.
    pause = 0
  }
  await store.postponeRun(run, pause)
}

/** Returns the pause before the next run, in ms. */
async function deliverShards(context: DeliveryContext, sink: Sink, signal: AbortSignal): Promise<number> {
  for (const position of await context.store.listPositions(sink.name)) {
    const retryPause = await deliverShard(context, sink, position, signal)
    // After a failure, the events of the other shards are not delivered. These deliveries would probably fail too, and each delivery can
    // last until its timeout.
    if (retryPause !== undefined) return retryPause * (0.8 + context.random() * 0.4)
  }
  return idlePause
}

/** Delivers the events of a shard. Returns the pause before the next attempt if the delivery failed. */
async function deliverShard(
  { store, now, redact, onDelivered, onFailure }: DeliveryContext,
  sink: Sink,
  start: SinkPosition,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { batchSize = defaultBatchSize, retryFor = defaultRetryFor, types } = sink
  let position = start
  for (;;) {
    // The signal aborts if another worker has taken over the run. This worker must not deliver further events then.
    signal.throwIfAborted()
    // After a failure, events are delivered one by one, so that one event cannot block the other events of its batch.
    const events = await store.readEvents(position.shard, position.seq, position.failures > 0 ? 1 : batchSize)
    const [first] = events
    const last = events.at(-1)
    if (!first || !last) return undefined
    try {
      const selected = events.filter(({ type }) => types?.includes(type) ?? true)
      if (selected.length > 0) await sink.deliver(selected.map(toWatcherEvent), signal)
      onDelivered?.(selected.length, last)
    } catch (error) {
      signal.throwIfAborted()
      const failures = position.failures + 1
      const failingSince = position.failingSince ?? now()
      const isExpired = now() - failingSince >= retryFor
      const isRejected = error instanceof RejectedEventError && failures >= maxRejections
      const isDeadLetter = events.length === 1 && (isExpired || isRejected)
      onFailure?.(error, isDeadLetter)
      if (!isDeadLetter) {
        await store.savePosition(sink.name, { ...position, failures, failingSince }, position.seq)
        return Math.min(maxRetryPause, firstRetryPause * 2 ** Math.min(failures - 1, 10))
      }
      const message = redact(error instanceof Error ? error.message : `${error}`)
      await store.addDeadLetter(sink.name, { event: first, error: message }, position.seq)
      position = { shard: position.shard, seq: first.seq, failures: 0, failingSince: undefined }
      continue
    }
    const next = { shard: position.shard, seq: last.seq, failures: 0, failingSince: undefined }
    await store.savePosition(sink.name, next, position.seq)
    position = next
  }
}

/** Delivers the dead letters of a sink again. Returns the number of delivered dead letters. */
export async function replayDeadLetters(store: Store, sink: Sink, signal: AbortSignal): Promise<number> {
  const letters = await store.listDeadLetters(sink.name)
  for (const { event } of letters) {
    await sink.deliver([toWatcherEvent(event)], signal)
    await store.removeDeadLetter(sink.name, event.shard, event.seq)
  }
  return letters.length
}
