import { ConfigurationError } from '@jobscope/core/internal'
import { toWatcherEvent } from '../engine/job-event.ts'
import type { Store, StoredEvent } from '../store/store.ts'
import { defaultBatchSize } from './deliver-events.ts'
import type { Sink } from './sink.ts'

export interface ReplayOptions {
  readonly store: Pick<
    Store,
    'addSinks' | 'listShards' | 'listPositions' | 'readEvents' | 'listDeadLetters' | 'removeDeadLetter'
  >
  readonly sink: Sink
  /** Also repeats the events since this time. */
  readonly since?: Date | undefined
  readonly signal: AbortSignal
  /** Removes secrets from the messages of errors. */
  readonly redact: (text: string) => string
}

/** An event that could not be delivered again. */
interface ReplayFailure {
  readonly event: StoredEvent
  readonly error: unknown
}

interface ReplayResult {
  delivered: number
  readonly letters: ReplayFailure[]
  readonly others: ReplayFailure[]
}

/** How many events are read at once. */
const readSize = 1000

/** After this many failures in a row, a replay delivers no more events of the shard. */
const maxFailures = 3

/**
 * Finds a sink.
 *
 * @throws ConfigurationError if no sink has this name
 */
export function findSink<T>(name: string, sinks: ReadonlyMap<string, T>): T {
  const sink = sinks.get(name)
  if (sink !== undefined) return sink
  const known = [...sinks.keys()].join(', ') || 'none'
  throw new ConfigurationError('sink', `Unknown sink "${name}". Configured sinks: ${known}.`)
}

/**
 * Checks the start of a replay.
 *
 * @throws ConfigurationError if it is not a time in the past
 */
export function checkSince(since: Date, now: number): void {
  const time = since.getTime()
  if (Number.isNaN(time)) throw new ConfigurationError('since', 'since is not a time. Use a valid Date.')
  if (time <= now) return
  throw new ConfigurationError('since', `The time ${since.toISOString()} is in the future. Use a time in the past.`)
}

/**
 * Delivers the dead letters of a sink again. With `since`, also repeats all events since this time that the sink has passed. Calls only this
 * sink, and does not change its positions, so another process can deliver new events at the same time.
 *
 * @returns the number of events that were delivered
 * @throws AggregateError if deliveries failed. All other events were delivered nevertheless, except the events of a shard after three
 *   failures in a row
 */
export async function replayEvents(options: ReplayOptions): Promise<number> {
  const { store, sink, since } = options
  // The position of a new sink is the end of each shard, so all events until now can be repeated.
  await store.addSinks([sink.name])
  const result: ReplayResult = { delivered: 0, letters: [], others: [] }
  const replayed = await replayDeadLetters(options, result)
  if (since) await repeatEvents(options, since.getTime(), replayed, result)
  if (result.letters.length === 0 && result.others.length === 0) return result.delivered
  throw createReplayError(options, result)
}

const getId = ({ shard, seq }: StoredEvent) => `${shard}#${seq}`

/** Delivers each dead letter. The dead letters whose delivery fails are kept. Returns the IDs of all dead letters. */
async function replayDeadLetters({ store, sink, signal }: ReplayOptions, result: ReplayResult): Promise<Set<string>> {
  const letters = await store.listDeadLetters(sink.name)
  for (const { event } of letters) {
    signal.throwIfAborted()
    try {
      await sink.deliver([toWatcherEvent(event)], signal)
    } catch (error) {
      signal.throwIfAborted()
      result.letters.push({ event, error })
      continue
    }
    await store.removeDeadLetter(sink.name, event.shard, event.seq)
    result.delivered++
  }
  return new Set(letters.map(({ event }) => getId(event)))
}

/** Delivers the events since a time. Events that wait for their first delivery are left out, because the watcher delivers them. */
async function repeatEvents(
  { store, sink, signal }: ReplayOptions,
  since: number,
  replayed: ReadonlySet<string>,
  result: ReplayResult,
): Promise<void> {
  const { types, batchSize = defaultBatchSize } = sink
  const shards = await store.listShards()
  const waiting = new Map((await store.listPositions(sink.name)).map(({ shard, seq }) => [shard, seq]))
  const isSelected = (event: StoredEvent) =>
    event.time >= since && (types?.includes(event.type) ?? true) && !replayed.has(getId(event))
  for (const { id, seq } of shards) {
    const end = waiting.get(id) ?? seq
    let failuresInRow = 0
    const deliver = async (events: readonly StoredEvent[]): Promise<void> => {
      if (failuresInRow >= maxFailures) return
      signal.throwIfAborted()
      try {
        await sink.deliver(events.map(toWatcherEvent), signal)
        result.delivered += events.length
        failuresInRow = 0
      } catch (error) {
        signal.throwIfAborted()
        const [event] = events
        if (events.length > 1) for (const event of events) await deliver([event])
        else if (event) {
          failuresInRow++
          result.others.push({ event, error })
        }
      }
    }
    for (let after = 0; after < end && failuresInRow < maxFailures; ) {
      const events = await store.readEvents(id, after, Math.min(readSize, end - after))
      after = events.at(-1)?.seq ?? end
      const selected = events.filter(event => event.seq <= end && isSelected(event))
      for (let start = 0; start < selected.length; start += batchSize)
        await deliver(selected.slice(start, start + batchSize))
    }
  }
}

function createReplayError(
  { sink, redact }: ReplayOptions,
  { delivered, letters, others }: ReplayResult,
): AggregateError {
  const failures = [...letters, ...others]
  const describe = ({ event, error }: ReplayFailure) =>
    `  ${getId(event)}: ${error instanceof Error ? error.message : error}`
  const lines = [`Delivered ${delivered} events to ${sink.name}.`]
  if (letters.length > 0) {
    lines.push('These dead letters were not delivered. They are kept, so you can replay them again:')
    lines.push(...letters.map(describe))
  }
  if (others.length > 0) {
    lines.push(
      `These events were not delivered. After ${maxFailures} failures in a row, the later events of the shard were left out:`,
    )
    lines.push(...others.map(describe))
  }
  return new AggregateError(
    failures.map(({ error }) => error),
    redact(lines.join('\n')),
  )
}
