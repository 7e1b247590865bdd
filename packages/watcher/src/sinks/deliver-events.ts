import { cleanText } from '../engine/clean-texts.ts'
import { toWatcherEvent } from '../engine/job-event.ts'
import {
  createPosition,
  type Run,
  type SinkPosition,
  StaleRunError,
  type Store,
  type StoredEvent,
} from '../store/store.ts'
import { RejectedEventError, type Sink } from './sink.ts'

export interface DeliveryContext {
  readonly store: Store
  readonly now: () => number
  readonly random: () => number
  /** Removes secrets from texts before they are stored. */
  readonly redact: (text: string) => string
  readonly onDelivered?: (count: number, event: StoredEvent) => void
  readonly onFailure?: (error: unknown, isDeadLetter: boolean, events: readonly StoredEvent[]) => void
}

export const defaultBatchSize = 100
const defaultRetryFor = 24 * 3_600_000

/** How long a sink without new events waits, in ms. */
const idlePause = 1_000

/** The pauses after failed deliveries, in ms. */
const firstRetryPause = 1_000
const maxRetryPause = 300_000

/** After this many attempts, an event that the receiver rejects becomes a dead letter. */
const maxRejections = 3

/** A shard gives way to the next shard after this many events, or after this time in ms. */
const maxTurnEvents = 100
const maxTurnTime = 5_000

/** After this time, in ms, a run ends although more events are due. Otherwise, the queue would count a long run as lost. */
const maxRunTime = 60_000

/**
 * Delivers the events of all shards to a sink. The events of a shard are delivered in the order of their numbers, and the shards take
 * turns. The position of the sink in a shard is updated only after the delivery, so that each event is delivered at least once.
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
    // Another worker has taken over the run during the delivery.
    pause = 0
  }
  await store.postponeRun(run, pause)
}

/** Returns the pause before the next run, in ms. */
async function deliverShards(context: DeliveryContext, sink: Sink, signal: AbortSignal): Promise<number> {
  const { store, now, random } = context
  const end = now() + maxRunTime
  for (;;) {
    // The positions are listed again after each round, because shards can have new events.
    const positions = await store.listPositions(sink.name)
    const due = positions.filter(({ retryAt = 0 }) => retryAt <= now())
    let hasProgress = false
    // The order is random, so that no shard is always the last one if a run ends early.
    for (const position of shuffle(due, random)) {
      if (await deliverTurn(context, sink, position, signal)) hasProgress = true
      if (now() >= end) return 0
    }
    if (!hasProgress) return idlePause
  }
}

const shuffle = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map(item => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)

/** Delivers some events of a shard, until a delivery fails. Returns whether the position of the sink has moved. */
async function deliverTurn(
  context: DeliveryContext,
  sink: Sink,
  start: SinkPosition,
  signal: AbortSignal,
): Promise<boolean> {
  const { now } = context
  const end = now() + maxTurnTime
  let position = start
  do {
    // The signal aborts if another worker has taken over the run. This worker must not deliver further events then.
    signal.throwIfAborted()
    const next = await deliverBatch(context, sink, position, signal)
    if (!next) break
    position = next
    if (position.retryAt !== undefined) break
  } while (position.seq - start.seq < maxTurnEvents && now() < end)
  return position.seq > start.seq
}

/**
 * Delivers the next events of a shard in one call of the sink, and saves the new position.
 *
 * @returns the new position, or undefined if the shard has no events after `position`
 */
async function deliverBatch(
  { store, now, random, redact, onDelivered, onFailure }: DeliveryContext,
  sink: Sink,
  position: SinkPosition,
  signal: AbortSignal,
): Promise<SinkPosition | undefined> {
  const { batchSize = defaultBatchSize, retryFor = defaultRetryFor, types } = sink
  const { shard, batchEnd } = position
  // After a failure, events are delivered one by one, so that one event cannot block the other events of its batch.
  const limit = position.failures > 0 || batchEnd !== undefined ? 1 : batchSize
  const events = await store.readEvents(shard, position.seq, limit)
  const last = events.at(-1)
  if (!last) return undefined
  const selected = events.filter(({ type }) => types?.includes(type) ?? true)
  const [first] = selected
  const save = async (next: SinkPosition): Promise<SinkPosition> => {
    await store.savePosition(sink.name, next, position.seq)
    return next
  }
  const moveTo = (seq: number): SinkPosition => ({
    ...createPosition(shard, seq),
    batchEnd: batchEnd !== undefined && batchEnd > seq ? batchEnd : undefined,
  })
  // Without a delivery, it is unknown whether the receiver works again, so the failures still count.
  if (!first) return save({ ...position, seq: last.seq, retryAt: undefined, batchEnd: moveTo(last.seq).batchEnd })
  try {
    await sink.deliver(selected.map(toWatcherEvent), signal)
  } catch (error) {
    signal.throwIfAborted()
    const isAlone = selected.length === 1
    const isRejection = error instanceof RejectedEventError
    const failures = position.failures + 1
    const rejections = position.rejections + (isAlone && isRejection ? 1 : 0)
    const failingSince = position.failingSince ?? now()
    // The time of an event counts only from its detection, because a receiver can have failed for a long time before.
    const isExpired = now() - Math.max(failingSince, first.time) >= retryFor
    const isRejected = isRejection && rejections >= maxRejections
    const isDeadLetter = isAlone && (isExpired || isRejected)
    onFailure?.(error, isDeadLetter, selected)
    if (isDeadLetter) {
      const message = cleanText(error instanceof Error ? error.message : `${error}`, redact)
      const next = moveTo(first.seq)
      // A rejection shows that the receiver works. Otherwise, the receiver may be dead. So the next event does not get the full
      // `retryFor` again.
      const moved = isRejected ? next : { ...next, failures: position.failures, failingSince }
      await store.addDeadLetter(sink.name, { event: first, error: message }, moved, position.seq)
      return moved
    }
    const pause = Math.min(maxRetryPause, firstRetryPause * 2 ** Math.min(failures - 1, 10)) * (0.8 + random() * 0.4)
    // If the receiver has rejected a batch, the events of the batch are delivered one by one at once.
    const retryAt = isRejection && !isAlone ? undefined : now() + pause
    return save({ ...position, failures, rejections, failingSince, retryAt, batchEnd: batchEnd ?? last.seq })
  }
  onDelivered?.(selected.length, last)
  return save(moveTo(last.seq))
}
