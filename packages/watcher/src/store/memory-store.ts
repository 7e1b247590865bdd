import type {
  DeadLetter,
  FailureCount,
  HistoryEntry,
  HistoryPeriod,
  HistoryQuery,
  QueueName,
  Run,
  ShardCommit,
  ShardDefinition,
  SinkPosition,
  Store,
  StoredEvent,
  StoredJob,
  StoredShard,
  TokenRequest,
} from './store.ts'
import { createMovedSinkError, createPosition, getAccountPart, StaleRunError } from './store.ts'

/** The duration of a lease, in ms. If a worker does not extend the lease of a run, another worker can then fetch the run. */
const lease = 10_000

interface QueuedRun {
  addedAt: number
  dueAt: number
  attempts: number
  leasedUntil: number | undefined
}

interface Shard {
  row: StoredShard
  readonly jobs: Map<string, StoredJob>
  readonly events: StoredEvent[]
  readonly history: HistoryEntry[]
}

/**
 * A store in memory, for tests and simulations. It behaves like the store on PostgreSQL.
 *
 * @param now returns the current time in epoch ms
 */
export function createMemoryStore(now: () => number = Date.now): Store {
  const queues: Record<QueueName, Map<string, QueuedRun>> = {
    shards: new Map(),
    sinks: new Map(),
    maintenance: new Map(),
  }
  const shards = new Map<string, Shard>()
  const buckets = new Map<string, { tokens: number; at: number; burst: number }>()
  const positions = new Map<string, SinkPosition>()
  const deadLetters = new Map<string, DeadLetter>()
  let attempts = 0

  const isOwner = ({ queue, key, attempt }: Run): boolean => {
    const queued = queues[queue].get(key)
    return queued !== undefined && queued.leasedUntil !== undefined && `${queued.attempts}` === attempt
  }
  const createRun = (nextIn: number): QueuedRun => ({
    addedAt: now(),
    dueAt: now() + nextIn,
    attempts: 0,
    leasedUntil: undefined,
  })
  const requeue = ({ queue, key }: Run, nextIn: number) => queues[queue].set(key, createRun(nextIn))
  const positionKey = (sink: string, shard: string) => `${sink}\n${shard}`
  const movePosition = (sink: string, position: SinkPosition, previousSeq: number) => {
    const key = positionKey(sink, position.shard)
    if ((positions.get(key)?.seq ?? 0) !== previousSeq) throw createMovedSinkError(sink)
    positions.set(key, position)
  }
  const listHistory = ({ since = 0, until = Number.POSITIVE_INFINITY, name, shard }: HistoryQuery) =>
    [...shards.values()]
      .filter(({ row }) => shard === undefined || row.id === shard)
      .flatMap(({ history }) => history)
      .filter(entry => entry.endedAt >= since && entry.endedAt < until && (name === undefined || entry.name === name))

  return {
    async start() {},
    async stop() {},

    async addRun(queue, key) {
      const runs = queues[queue]
      if (!runs.has(key)) runs.set(key, createRun(0))
    },
    async fetchRuns(queue, count, exceptAccounts = []) {
      const found: Run[] = []
      const time = now()
      for (const [key, run] of queues[queue]) {
        if (found.length >= count) break
        // The clock was set back after the run was added.
        if (run.addedAt > time) Object.assign(run, { addedAt: time, dueAt: time + run.dueAt - run.addedAt })
        if (run.leasedUntil === undefined ? run.dueAt > time : run.leasedUntil > time) continue
        if (exceptAccounts.includes(getAccountPart(key))) continue
        run.leasedUntil = time + lease
        run.attempts = ++attempts
        found.push({ queue, key, attempt: `${run.attempts}` })
      }
      return found
    },
    async keepRuns(runs) {
      const kept = runs.filter(isOwner)
      for (const { queue, key } of kept) {
        const queued = queues[queue].get(key)
        if (queued) queued.leasedUntil = now() + lease
      }
      return kept
    },
    async postponeRun(run, nextIn) {
      if (isOwner(run)) requeue(run, nextIn)
    },
    async removeRun(run) {
      if (isOwner(run)) queues[run.queue].delete(run.key)
    },

    async addShards(definitions: readonly ShardDefinition[], createdAt: number) {
      for (const { id, account, project, region, service, kind } of definitions) {
        if (shards.has(id)) continue
        const row = { id, account, project, region, service, kind, version: 0, seq: 0, createdAt, progress: {} }
        shards.set(id, { row, jobs: new Map(), events: [], history: [] })
      }
    },
    listShards: async () => [...shards.values()].map(({ row }) => row),
    loadShard: async id => structuredClone(shards.get(id)?.row),
    async loadJobs(shard, oldBefore) {
      const jobs = [...(shards.get(shard)?.jobs.values() ?? [])]
      return jobs.filter(
        ({ watched, createdAt }) => watched || !(createdAt !== undefined && createdAt < (oldBefore ?? 0)),
      )
    },
    async commitRun(run: Run, commit: ShardCommit) {
      const shard = shards.get(run.key)
      if (!shard || shard.row.version !== commit.version) {
        throw new StaleRunError(`The version of shard ${run.key} is no longer ${commit.version}.`)
      }
      if (!isOwner(run)) throw new StaleRunError(`Another worker has taken over ${run.key}.`)
      let { seq } = shard.row
      for (const event of commit.events) shard.events.push({ ...event, shard: run.key, seq: ++seq })
      shard.row = { ...shard.row, version: commit.version + 1, seq, progress: structuredClone(commit.progress) }
      for (const ref of commit.removeJobs) shard.jobs.delete(ref)
      for (const job of commit.saveJobs) shard.jobs.set(job.ref, job)
      shard.history.push(...commit.history)
      requeue(run, commit.nextIn)
    },

    async takeTokens({ account, count, rate, burst }: TokenRequest) {
      const time = now()
      const bucket = buckets.get(account) ?? { tokens: 0, at: time, burst }
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, time - bucket.at) / 1000) * rate)
      const taken = Math.min(count, Math.floor(tokens))
      buckets.set(account, { tokens: tokens - taken, at: time, burst })
      return { taken, wait: taken > 0 ? 0 : Math.ceil(((1 - tokens) / rate) * 1000) }
    },
    async returnTokens(account, count) {
      const bucket = buckets.get(account)
      if (bucket) bucket.tokens = Math.min(bucket.burst, bucket.tokens + count)
    },

    async listPositions(sink) {
      return [...shards.values()].flatMap(({ row, events }) => {
        const position = positions.get(positionKey(sink, row.id)) ?? createPosition(row.id, 0)
        return (events.at(-1)?.seq ?? 0) > position.seq ? [position] : []
      })
    },
    async readEvents(shard, after, limit) {
      const events = shards.get(shard)?.events ?? []
      // The numbers of the events have no gaps, so an index can be computed from a number.
      const first = Math.max(0, after + 1 - (events[0]?.seq ?? 0))
      return events.slice(first, first + limit)
    },
    async savePosition(sink, position, previousSeq) {
      movePosition(sink, position, previousSeq)
    },
    async addDeadLetter(sink, letter, position, previousSeq) {
      const { shard, seq } = letter.event
      movePosition(sink, position, previousSeq)
      deadLetters.set(`${sink}\n${shard}\n${seq}`, letter)
    },
    listDeadLetters: async sink =>
      [...deadLetters].flatMap(([key, letter]) => (key.startsWith(`${sink}\n`) ? [letter] : [])),
    async removeDeadLetter(sink, shard, seq) {
      deadLetters.delete(`${sink}\n${shard}\n${seq}`)
    },
    async rewindSink(sink, since) {
      for (const { row, events } of shards.values()) {
        const first = events.find(({ time }) => time >= since)
        const position = positions.get(positionKey(sink, row.id))
        if (!position) continue
        const seq = Math.min(position.seq, first ? first.seq - 1 : position.seq)
        positions.set(positionKey(sink, row.id), createPosition(row.id, seq))
      }
    },

    async readHistory({ period, ...query }) {
      const groups = groupBy(listHistory(query), ({ name, endedAt }) =>
        JSON.stringify([name ?? null, Math.floor(endedAt / period) * period]),
      )
      const periods = [...groups].map(([key, entries]): HistoryPeriod => {
        const [name, from] = JSON.parse(key) as [string | null, number]
        const durations = entries.flatMap(({ duration }) => duration ?? []).toSorted((a, b) => a - b)
        return {
          name: name ?? undefined,
          from,
          count: entries.length,
          succeeded: entries.filter(({ state }) => state === 'succeeded').length,
          p50: computePercentile(durations, 0.5),
          p95: computePercentile(durations, 0.95),
        }
      })
      return periods.toSorted((a, b) => a.from - b.from || (a.name ?? '').localeCompare(b.name ?? ''))
    },
    async countFailures(query) {
      const failed = listHistory(query).filter(({ state }) => state === 'failed')
      return [...groupBy(failed, ({ reason }) => reason)]
        .map(([reason, entries]): FailureCount => ({ reason, count: entries.length }))
        .toSorted((a, b) => b.count - a.count || (a.reason ?? '').localeCompare(b.reason ?? ''))
    },
    async listJobs(shard) {
      return [...shards.values()]
        .filter(({ row }) => shard === undefined || row.id === shard)
        .flatMap(({ row, jobs }) => [...jobs.values()].flatMap(job => (job.watched ? [{ ...job, shard: row.id }] : [])))
    },

    async deleteOld({ events: eventsBefore, history: historyBefore, sinks }) {
      for (const [key, { event }] of deadLetters) if (event.time < historyBefore) deadLetters.delete(key)
      for (const { row, events, history, jobs } of shards.values()) {
        const delivered = Math.min(...sinks.map(sink => positions.get(positionKey(sink, row.id))?.seq ?? 0))
        const kept = events.filter(({ seq, time }) => seq > delivered || time >= eventsBefore)
        events.splice(0, events.length, ...kept)
        history.splice(0, history.length, ...history.filter(({ endedAt }) => endedAt >= historyBefore))
        const { oldBefore } = row.progress
        for (const [ref, { watched, createdAt }] of jobs) {
          if (!watched && createdAt !== undefined && createdAt < (oldBefore ?? 0)) jobs.delete(ref)
        }
      }
    },
  }
}

function groupBy<T, K>(items: readonly T[], getKey: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = getKey(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Computes a percentile like `percentile_cont` of PostgreSQL. */
function computePercentile(sorted: readonly number[], share: number): number | undefined {
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)]
  const high = sorted[Math.ceil(place)]
  return low === undefined || high === undefined ? undefined : low + (high - low) * (place - Math.floor(place))
}
