import type { Clock } from '@jobscope/core'
import { cleanText } from '../engine/clean-texts.ts'
import { toWatcherEvent } from '../engine/job-event.ts'
import { type Run, type SinkPosition, StaleRunError, type Store, type StoredEvent } from '../store/store.ts'
import {
  isFailing,
  isRetryDue,
  maxRejections,
  moveAfterDelivery,
  moveAfterFailure,
  moveWithoutDelivery,
} from './next-position.ts'
import { RejectedEventError, type Sink } from './sink.ts'

export interface DeliveryContext {
  readonly store: Store
  readonly now: () => number
  readonly random: () => number
  /** Removes secrets from texts before they are stored. */
  readonly redact: (text: string) => string
  /** Called after a delivery, once for each time at which some of its events were detected. */
  readonly onDelivered?: (count: number, time: number) => void
  readonly onFailure?: (error: unknown, isDeadLetter: boolean) => void
}

const defaultBatchSize = 100
const defaultRetryFor = 24 * 3_600_000

/** How long a sink without new events waits, in ms. */
const idlePause = 1_000

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
    // The position of the sink has changed during the delivery. If this worker still owns the run, the cause was a replay, and the
    // delivery continues at once.
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
    const due = positions.filter(position => isRetryDue(position, now()))
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
  const events = await store.readEvents(position.shard, position.seq, isFailing(position) ? 1 : batchSize)
  const last = events.at(-1)
  if (!last) return undefined
  const selected = events.filter(({ type }) => types?.includes(type) ?? true)
  const [first] = selected
  const save = async (next: SinkPosition): Promise<SinkPosition> => {
    await store.savePosition(sink.name, next, position.seq)
    return next
  }
  if (!first) return save(moveWithoutDelivery(position, last.seq))
  try {
    await sink.deliver(selected.map(toWatcherEvent), signal)
  } catch (error) {
    signal.throwIfAborted()
    const { next, isDeadLetter } = moveAfterFailure(position, {
      isRejection: error instanceof RejectedEventError,
      isAlone: selected.length === 1,
      first,
      lastSeq: last.seq,
      now: now(),
      retryFor,
      random: random(),
    })
    onFailure?.(error, isDeadLetter)
    if (!isDeadLetter) return save(next)
    const message = cleanText(error instanceof Error ? error.message : `${error}`, redact)
    await store.addDeadLetter(sink.name, { event: first, error: message }, next, position.seq)
    return next
  }
  for (const [time, { length }] of Map.groupBy(selected, event => event.time)) onDelivered?.(length, time)
  return save(moveAfterDelivery(position, last.seq))
}

/** A dead letter that could not be delivered again. */
export interface ReplayFailure {
  readonly event: StoredEvent
  readonly error: unknown
}

/** Delivers each dead letter of a sink again. The dead letters whose delivery fails are kept. */
export async function replayDeadLetters(
  store: Store,
  sink: Sink,
  signal: AbortSignal,
): Promise<{ readonly delivered: number; readonly failures: readonly ReplayFailure[] }> {
  let delivered = 0
  const failures: ReplayFailure[] = []
  for (const { event } of await store.listDeadLetters(sink.name)) {
    signal.throwIfAborted()
    try {
      await sink.deliver([toWatcherEvent(event)], signal)
    } catch (error) {
      failures.push({ event, error })
      continue
    }
    await store.removeDeadLetter(sink.name, event.shard, event.seq)
    delivered++
  }
  return { delivered, failures }
}

/** How often `waitForDelivery` reads the positions of the sink, in ms. */
const positionPollInterval = 250

/**
 * Waits until the workers have delivered all events that are stored now, or have failed repeatedly.
 *
 * @returns the shards whose deliveries failed repeatedly
 */
export async function waitForDelivery(
  store: Store,
  sink: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ends = new Map((await store.listShards()).map(({ id, seq }) => [id, seq]))
  for (;;) {
    const behind = (await store.listPositions(sink)).filter(({ shard, seq }) => seq < (ends.get(shard) ?? 0))
    // A rejected event becomes a dead letter, so the events after it are delivered, too. Other failures can last for a long time.
    const failing = behind.filter(({ failures }) => failures > maxRejections)
    if (failing.length === behind.length) return failing.map(({ shard }) => shard)
    await clock.sleep(positionPollInterval, signal)
  }
}
