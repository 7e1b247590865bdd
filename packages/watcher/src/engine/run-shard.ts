import type { Duration } from '@jobscope/core'
import { isTerminal } from '@jobscope/core'
import { type ClientJobKind, type JobEvent, pollOnce, type WatchFilter } from '@jobscope/jobs'
import {
  type NewEvent,
  type Run,
  type ShardCommit,
  type ShardDefinition,
  StaleRunError,
  type Store,
  type StoredJob,
} from '../store/store.ts'
import { cleanEvent, cleanText } from './clean-texts.ts'
import { getDuration, toHistoryEntry, toNewEvent } from './job-event.ts'
import { checkMissingJobs } from './missing-jobs.ts'
import { appliesToShard, getRuleName, isMet, type Rule } from './rules.ts'
import { createJobDetails, restoreShardState, type ShardState, toProgress, toStoredJob } from './shard-state.ts'
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
  /** Whether the run sent no requests, because the rate limit of the account was reached. False before the first poll of a shard. */
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
    // The account of a new shard can have no tokens, because it is new, too. Then the limit was not reached.
    const throttled = stored.progress.polledAt !== undefined
    return { requests: 0, events: [], errors: [], throttled }
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
  if (requests < taken) await store.returnTokens(source.account, taken - requests)

  const time = now()
  const events = result.events.map(event => cleanEvent(event, context.redact))
  const changed = new Set(changedRefs)
  updateDetails(state, events, { changed, hadEnded, now: time })
  const ruleEvents = applyRules(source, state, events, time, changed)
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
    nextIn: Math.max(0, (nextDue ?? time) - now()),
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

/** Returns a function that returns whether a job had ended, or was not polled for another reason, when `rememberEndedJobs` was called. */
function rememberEndedJobs({ poll: { ignored } }: ShardState): (ref: string, createdAt: number | undefined) => boolean {
  const refs = new Set(ignored.times.keys())
  const { oldBefore } = ignored
  return (ref, createdAt) => refs.has(ref) || Number(createdAt) < Number(oldBefore)
}

/** Stores the names and start times of the jobs, because rules depend on them. */
function updateDetails(
  { poll, details }: ShardState,
  events: readonly JobEvent[],
  {
    changed,
    hadEnded,
    now,
  }: {
    readonly changed: ReadonlySet<string>
    readonly hadEnded: (ref: string, createdAt: number | undefined) => boolean
    readonly now: number
  },
): void {
  for (const event of events) {
    if (!('job' in event)) continue
    const { ref, name, startedAt, state } = event.job
    const job = details.get(ref) ?? createJobDetails()
    job.name = name ?? job.name
    if (event.type === 'appeared') job.isRestarted = hadEnded(ref, poll.watched.get(ref)?.createdAt)
    job.startedAt = startedAt?.getTime() ?? job.startedAt ?? (state === 'running' ? now : undefined)
    details.set(ref, job)
  }
  const withEvents = new Set<string | undefined>(events.map(event => ('job' in event ? event.job.ref : undefined)))
  for (const ref of changed) if (!poll.watched.has(ref) && !withEvents.has(ref)) details.delete(ref)
}

/** Returns an event for each job and rule if the job meets the condition of the rule for the first time. */
function applyRules(
  source: ShardSource,
  { poll, details }: ShardState,
  events: readonly JobEvent[],
  now: number,
  changed: Set<string>,
): NewEvent[] {
  const found: NewEvent[] = []
  const rules = source.rules.filter(rule => appliesToShard(rule, source))
  for (const rule of rules) {
    if (rule.type === 'missing') continue
    const name = getRuleName(rule)
    for (const event of events) {
      if (event.type !== 'ended') continue
      const { job } = event
      const runningSince = details.get(job.ref)?.startedAt
      const subject = {
        name: job.name,
        state: job.state,
        startedAt: job.startedAt?.getTime(),
        createdAt: job.createdAt?.getTime(),
        stateEnteredAt: now,
        duration: getDuration(job, runningSince),
      }
      if (details.get(job.ref)?.alerts.has(name) || !isMet(rule, subject, now)) continue
      const data = toNewEvent(event, now, runningSince)?.data
      found.push({ ref: job.ref, type: `rule.${rule.type}`, time: now, data: { ...data, rule: name } })
    }
    if (rule.type === 'failed' || rule.type === 'canceled') continue
    for (const [ref, { state, rawState, createdAt, stateEnteredAt }] of poll.watched) {
      const job = details.get(ref)
      if (!rawState || !job || job.alerts.has(name) || isTerminal(state)) continue
      const { startedAt, isRestarted } = job
      const subject = {
        name: job.name,
        state,
        startedAt,
        createdAt: isRestarted ? undefined : createdAt,
        stateEnteredAt,
      }
      if (!isMet(rule, subject, now)) continue
      job.alerts.add(name)
      changed.add(ref)
      const data = { ref, ...(job.name !== undefined && { name: job.name }), state, rawState, rule: name }
      found.push({ ref, type: `rule.${rule.type}`, time: now, data })
    }
  }
  return found
}
