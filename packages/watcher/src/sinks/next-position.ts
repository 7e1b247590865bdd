import { createPosition, type SinkPosition } from '../store/store.ts'

/** The pauses after failed deliveries, in ms. */
const firstRetryPause = 1_000
const maxRetryPause = 300_000
/** Each pause is multiplied by a random number between these two, so that the retries of several shards do not coincide. */
const minJitter = 0.8
const maxJitter = 1.2

/** After this many attempts, an event that the receiver rejects becomes a dead letter. */
export const maxRejections = 3

/** Returns whether deliveries have failed, so that events are delivered one by one. One event then cannot block the others. */
export const isFailing = ({ failures, batchEnd }: SinkPosition): boolean => failures > 0 || batchEnd !== undefined

/** Returns whether a time has passed. A time after the longest pause was computed before the clock was set back, so it counts as passed. */
export const isRetryDue = ({ retryAt = 0 }: SinkPosition, now: number): boolean =>
  retryAt <= now || retryAt > now + maxRetryPause * maxJitter

/** Returns the position after events that were delivered. */
export const moveAfterDelivery = ({ shard, batchEnd }: SinkPosition, seq: number): SinkPosition => ({
  ...createPosition(shard, seq),
  batchEnd: batchEnd !== undefined && batchEnd > seq ? batchEnd : undefined,
})

/** Returns the position after events that the sink does not select. The failures still count, because the receiver may still fail. */
export const moveWithoutDelivery = (position: SinkPosition, seq: number): SinkPosition => ({
  ...position,
  seq,
  retryAt: undefined,
  batchEnd: moveAfterDelivery(position, seq).batchEnd,
})

/** A failed delivery. Times are epoch ms. */
export interface DeliveryFailure {
  /** Whether the receiver will never accept one of the events. */
  readonly isRejection: boolean
  /** Whether the delivery had only one event. */
  readonly isAlone: boolean
  /** The first event of the delivery. */
  readonly first: { readonly seq: number; readonly time: number }
  /** The number of the last event of the delivery. */
  readonly lastSeq: number
  readonly now: number
  /** How long the delivery of an event is repeated, in ms. */
  readonly retryFor: number
  /** A number from 0 to 1. */
  readonly random: number
}

/** Returns the position after a failed delivery, and whether the event becomes a dead letter. */
export function moveAfterFailure(
  position: SinkPosition,
  { isRejection, isAlone, first, lastSeq, now, retryFor, random }: DeliveryFailure,
): { readonly next: SinkPosition; readonly isDeadLetter: boolean } {
  const failures = position.failures + 1
  const rejections = position.rejections + (isAlone && isRejection ? 1 : 0)
  const failingSince = position.failingSince ?? now
  // The receiver may have failed since long before the event was detected. For the event, only the time since its detection counts.
  const isExpired = now - Math.max(failingSince, first.time) >= retryFor
  const isRejected = isRejection && rejections >= maxRejections
  if (isAlone && (isExpired || isRejected)) {
    const next = moveAfterDelivery(position, first.seq)
    // A rejection shows that the receiver works. Otherwise, the receiver may be dead. So the next event does not get the full
    // `retryFor` again.
    return { isDeadLetter: true, next: isRejected ? next : { ...next, failures: position.failures, failingSince } }
  }
  const jitter = minJitter + random * (maxJitter - minJitter)
  const pause = Math.min(maxRetryPause, firstRetryPause * 2 ** Math.min(failures - 1, 10)) * jitter
  // If the receiver has rejected a batch, the events of the batch are delivered one by one at once.
  const retryAt = isRejection && !isAlone ? undefined : now + pause
  const batchEnd = position.batchEnd ?? lastSeq
  return { isDeadLetter: false, next: { ...position, failures, rejections, failingSince, retryAt, batchEnd } }
}
