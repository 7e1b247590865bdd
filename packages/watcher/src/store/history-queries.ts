import { type Database, toNumber } from './database.ts'
import type { HistoryQuery, Store } from './store.ts'

/** The SQL condition for a `HistoryQuery`. `toParameters` returns the values of $1 to $4. */
const matches = `ended_at >= $1 and ended_at < $2 and ($3::text is null or name = $3) and ($4::text is null or shard = $4)`

const toParameters = ({ since = 0, until = Number.MAX_SAFE_INTEGER, name, shard }: HistoryQuery) => [
  Math.round(since),
  Math.round(until),
  name ?? null,
  shard ?? null,
]

/** The SQL queries for jobs that have ended. */
export function createHistoryQueries(database: Database): Pick<Store, 'readHistory' | 'countFailures' | 'deleteOld'> {
  return {
    async readHistory({ period, ...query }) {
      const { rows } = await database.query(
        `select name, ended_at / $5::bigint * $5::bigint as "from", count(*) as count,
           count(*) filter (where state = 'succeeded') as succeeded,
           percentile_cont(0.5) within group (order by duration) as p50,
           percentile_cont(0.95) within group (order by duration) as p95
         from jobscope.history where ${matches} group by 1, 2 order by 2, coalesce(name, '')`,
        [...toParameters(query), Math.round(period)],
      )
      return rows.map(row => ({
        name: row.name ?? undefined,
        from: Number(row.from),
        count: Number(row.count),
        succeeded: Number(row.succeeded),
        p50: toNumber(row.p50),
        p95: toNumber(row.p95),
      }))
    },
    async countFailures(query) {
      const { rows } = await database.query(
        `select reason, count(*) as count from jobscope.history where ${matches} and state = 'failed'
         group by 1 order by 2 desc, coalesce(reason, '') limit 1000`,
        toParameters(query),
      )
      return rows.map(({ reason, count }) => ({ reason: reason ?? undefined, count: Number(count) }))
    },
    async deleteOld({ events, history, sinks }) {
      const historyBefore = Math.round(history)
      await deleteBatches(database, 'events', {
        ...(sinks.length === 0 ? { where: 't.time < $1' } : deliveredEvents),
        values: [Math.round(events), ...(sinks.length === 0 ? [] : [sinks])],
      })
      await deleteBatches(database, 'dead_letters', { where: 't.time < $1', values: [historyBefore] })
      await deleteBatches(database, 'history', { where: 't.ended_at < $1', values: [historyBefore] })
      await deleteBatches(database, 'jobs', {
        where: `not t.watched and exists (
          select 1 from jobscope.shards s where s.id = t.shard and t.created_at < (s.progress ->> 'oldBefore')::float8)`,
        values: [],
      })
    },
  }
}

/** The old events that all sinks in $2 have delivered. */
const deliveredEvents = {
  with: `delivered as (
    select s.id, min(coalesce(p.seq, 0)) as seq
    from jobscope.shards s cross join unnest($2::text[]) as n(sink)
    left join jobscope.sink_positions p on p.shard = s.id and p.sink = n.sink group by s.id)`,
  where: 't.time < $1 and exists (select 1 from delivered d where d.id = t.shard and d.seq >= t.seq)',
}

/** How many rows one statement deletes. A statement for all rows of a large table would reach its timeout and delete nothing. */
export const deleteBatchSize = 5000

/** Deletes the rows of a table that meet a condition, in several statements. In the condition, a row is called `t`. */
async function deleteBatches(
  database: Database,
  table: 'events' | 'dead_letters' | 'history' | 'jobs',
  condition: { readonly with?: string; readonly where: string; readonly values: readonly unknown[] },
): Promise<void> {
  const batch = `select t.ctid from jobscope.${table} t where ${condition.where} limit ${deleteBatchSize}`
  const statement = `with ${condition.with ? `${condition.with}, ` : ''}deleted as (
      delete from jobscope.${table} where ctid = any(array(${batch})) returning 1
    ) select count(*) as count from deleted`
  for (;;) {
    const { rows } = await database.query(statement, condition.values)
    if (Number(rows[0]?.count) < deleteBatchSize) return
  }
}
