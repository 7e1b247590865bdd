import type { Duration } from '@jobscope/core'
import { type ClientJobKind, pollOnce, type WatchFilter } from '@jobscope/jobs'
import {
  type NewEvent,
  type Run,
  type ShardCommit,
  type ShardDefinition,
  StaleRunError,
  type Store,
  type StoredJob,
} from '../store/store.ts'
import { applyRules } from './apply-rules.ts'
import { cleanEvent, cleanText } from './clean-texts.ts'
import { toHistoryEntry, toNewEvent } from './job-event.ts'
import { checkMissingJobs } from './missing-jobs.ts'
import type { Rule } from './rules.ts'
import { restoreShardState, type ShardState, toProgress, toStoredJob } from './shard-state.ts'
import { rememberEndedJobs, updateDetails } from './update-details.ts'
import { failurePause } from './worker.ts'

/** A shard, with the client and the settings that a worker needs to poll the shard. */
export interface ShardSource extends ShardDefinition {
  readonly client: ClientJobKind
  readonly filter?: Omit<WatchFilter, 'services' | 'kinds'> | undefined
  readonly interval?: Duration | undefined
  readonly maxInterval?: Duration | undefined
  /** Requests per second of the account. */
  readonly rate: number
  /** How many requests of the account may be sent at once after a pause. */
  readonly burst: number
  readonly rules: readonly Rule[]
}

export interface RunContext {
  readonly store: Store
  /** Returns the current time, in epoch ms. */
  readonly now: () => number
  /** Returns a number from 0 to 1. */
  readonly random: () => number
  /**
   * The states of the shards that this worker has polled most recently. A state is used again if no other worker has polled the shard since
   * then.
   */
  readonly cache: Map<string, ShardState>
  /** Removes secrets from texts before they are stored. */
  readonly redact: (text: string) => string
}

/** The requests, events and errors of a run, for metrics. */
export interface RunResult {
  readonly requests: number
  readonly events: readonly NewEvent[]
  readonly errors: readonly unknown[]
  /** Whether the run sent no requests, because the rate limit of the account was reached. */
  readonly throttled: boolean
}

/** Maximum number of requests of a run, so that a run with a long list does not use up the rate limit of its account. */
const maxRequests = 50

/** The maximum number of shards whose states are cached. */
const maxCachedShards = 1000

/**
 * Polls a shard once. The function loads the state and polls outside of a transaction. Then it writes all results and the next run
 * in one transaction.
 *
 * @throws StaleRunError if another worker has taken over the shard. In this case, nothing was written
 */
export async function runShard(
  context: RunContext,
  source: ShardSource,
  run: Run,
  signal: AbortSignal,
): Promise<RunResult> {
  const { store, now, cache } = context
  const stored = await store.loadShard(source.id)
  if (!stored) {
    await store.removeRun(run)
    return { requests: 0, events: [], errors: [], throttled: false }
  }
  const want = Math.min(maxRequests, source.burst, (stored.progress.requests ?? 0) + 1)
  const { taken, wait } = await store.takeTokens({ ...source, count: want })
  if (taken === 0) {
    // A random part is added, because runs that wait for the same account must not all continue at the same time.
    await store.postponeRun(run, wait * (1 + context.random()))
    return { requests: 0, events: [], errors: [], throttled: true }
  }
  const cached = cache.get(source.id)
  cache.delete(source.id)
  const state =
    cached?.version === stored.version
      ? cached
      : restoreShardState(stored, await store.loadJobs(source.id, stored.progress.oldBefore), now())

  const hadEnded = rememberEndedJobs(state)
  const { nextDue, requests, changedRefs, ...result } = await pollOnce(source.client, state.poll, {
    now,
    budget: taken,
    random: context.random,
    signal,
    filter: source.filter,
    interval: source.interval,
    maxInterval: source.maxInterval,
    endedSince: stored.createdAt,
  })
  const time = now()
  if (requests < taken) await store.returnTokens(source.account, taken - requests)

  const events = result.events.map(event => cleanEvent(event, context.redact))
  const changed = new Set(changedRefs)
  updateDetails(state, events, { changed, hadEnded, now: time })
  const ruleEvents = applyRules(state, events, { shard: source, now: time, changed, redact: context.redact })
  const missing = checkMissingJobs(source, state, events, time)
  const getStart = (ref: string) => state.details.get(ref)?.startedAt
  const jobEvents = events.flatMap(event => toNewEvent(event, time, 'job' in event ? getStart(event.job.ref) : 0) ?? [])
  const newEvents = [...jobEvents, ...ruleEvents, ...missing.events]
  const history = events.flatMap(event =>
    event.type === 'ended' ? toHistoryEntry(event.job, time, getStart(event.job.ref)) : [],
  )
  for (const event of events) if (event.type === 'ended') state.details.delete(event.job.ref)
  const errors = events.flatMap(event => (event.type === 'error' ? [event.error] : []))
  const saveJobs: StoredJob[] = []
  const removeJobs: string[] = []
  for (const ref of changed) {
    const job = toStoredJob(state, ref)
    // A secret in `rawState` is not removed: otherwise, the next poll would find that the state has changed.
    if (job) saveJobs.push({ ...job, rawState: cleanText(job.rawState, text => text) })
    else removeJobs.push(ref)
  }
  const progress = toProgress(state, {
    polledAt: time,
    nextDue: nextDue ?? time,
    requests: Math.max(requests, state.poll.round ? requests * 2 : 0),
    checkedDays: missing.checkedDays,
    seenDays: missing.seenDays,
  })
  const { round, lastError, ...rest } = {
    ...progress,
    round: state.poll.round,
    lastError: errors.map(error => cleanText(describeError(error), context.redact))[0],
  }
  state.progress = { ...rest, ...(round && { round }), ...(lastError !== undefined && { lastError }) }
  const commit: ShardCommit = {
    version: stored.version,
    progress: state.progress,
    saveJobs,
    removeJobs,
    events: newEvents,
    history,
    // The clock can be set back between two calls of `now`, so the pause is computed from the time of the poll.
    nextIn: Math.max(0, (nextDue ?? time) - time),
  }
  try {
    await store.commitRun(run, commit)
  } catch (error) {
    if (!(error instanceof StaleRunError)) await saveCommitError(context, run, stored.version, error)
    throw error
  }
  state.version = stored.version + 1
  cache.set(source.id, state)
  const [oldest] = cache.keys()
  if (cache.size > maxCachedShards && oldest) cache.delete(oldest)
  return { requests, events: newEvents, errors, throttled: false }
}

/**
 * Stores the error of a commit in the progress of the shard, and adds the next run. All other results of the run are lost, so the next run
 * polls again. If the store cannot be reached, nothing is stored.
 */
async function saveCommitError(
  { store, redact }: RunContext,
  run: Run,
  version: number,
  error: unknown,
): Promise<void> {
  try {
    const stored = await store.loadShard(run.key)
    const progress = { ...stored?.progress, lastError: cleanText(describeError(error), redact) }
    const commit = { version, progress, saveJobs: [], removeJobs: [], events: [], history: [], nextIn: failurePause }
    await store.commitRun(run, commit)
  } catch {
    // The worker reports the first error, and repeats the run.
  }
}

const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `${error}`
