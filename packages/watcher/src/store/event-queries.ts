import { type Database, type Queryable, toNumber } from './database.ts'
import { createMovedSinkError, type DeadLetter, type SinkPosition, type Store, type StoredEvent } from './store.ts'

const readEvent = (row: Record<string, unknown>): StoredEvent => ({
  shard: row['shard'] as string,
  seq: Number(row['seq']),
  ref: row['ref'] as string,
  type: row['type'] as string,
  time: Number(row['time']),
  data: row['data'] as StoredEvent['data'],
})

const toInteger = (time: number | undefined): number | null => (time === undefined ? null : Math.round(time))

async function movePosition(
  client: Queryable,
  sink: string,
  { shard, seq, failures, failingSince, retryAt, rejections, batchEnd }: SinkPosition,
  previousSeq: number,
): Promise<void> {
  const { rows } = await client.query(
    `insert into jobscope.sink_positions as p
       (sink, shard, seq, failures, failing_since, retry_at, rejections, batch_end)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (sink, shard) do update
       set seq = excluded.seq, failures = excluded.failures, failing_since = excluded.failing_since,
         retry_at = excluded.retry_at, rejections = excluded.rejections, batch_end = excluded.batch_end
       where p.seq = $9
     returning 1`,
    [
      sink,
      shard,
      seq,
      failures,
      toInteger(failingSince),
      toInteger(retryAt),
      rejections,
      batchEnd ?? null,
      previousSeq,
    ],
  )
  if (rows.length === 0) throw createMovedSinkError(sink)
}

/** The SQL queries for events and sinks. */
export function createEventQueries(
  database: Database,
): Pick<
  Store,
  | 'listPositions'
  | 'readEvents'
  | 'savePosition'
  | 'addDeadLetter'
  | 'listDeadLetters'
  | 'removeDeadLetter'
  | 'rewindSink'
> {
  return {
    async listPositions(sink) {
      const { rows } = await database.query(
        `select s.id as shard, coalesce(p.seq, 0) as seq, coalesce(p.failures, 0) as failures, p.failing_since,
           p.retry_at, coalesce(p.rejections, 0) as rejections, p.batch_end
         from jobscope.shards s left join jobscope.sink_positions p on p.shard = s.id and p.sink = $1
         where s.seq > coalesce(p.seq, 0)
           and exists (select 1 from jobscope.events e where e.shard = s.id and e.seq > coalesce(p.seq, 0))
         order by s.id`,
        [sink],
      )
      return rows.map(
        (row): SinkPosition => ({
          shard: row.shard,
          seq: Number(row.seq),
          failures: row.failures,
          failingSince: toNumber(row.failing_since),
          retryAt: toNumber(row.retry_at),
          rejections: row.rejections,
          batchEnd: toNumber(row.batch_end),
        }),
      )
    },
    async readEvents(shard, after, limit) {
      const { rows } = await database.query(
        'select * from jobscope.events where shard = $1 and seq > $2 order by seq limit $3',
        [shard, after, limit],
      )
      return rows.map(readEvent)
    },
    savePosition: (sink, position, previousSeq) => movePosition(database, sink, position, previousSeq),
    addDeadLetter: (sink, { event, error }, position, previousSeq) =>
      database.transaction(async client => {
        const { shard, seq, ref, type, time, data } = event
        await client.query(
          `insert into jobscope.dead_letters (sink, shard, seq, ref, type, time, data, error)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
          [sink, shard, seq, ref, type, Math.round(time), JSON.stringify(data), error],
        )
        await movePosition(client, sink, position, previousSeq)
      }),
    async listDeadLetters(sink) {
      const { rows } = await database.query('select * from jobscope.dead_letters where sink = $1 order by shard, seq', [
        sink,
      ])
      return rows.map((row): DeadLetter => ({ event: readEvent(row), error: row.error }))
    },
    async removeDeadLetter(sink, shard, seq) {
      await database.query('delete from jobscope.dead_letters where sink = $1 and shard = $2 and seq = $3', [
        sink,
        shard,
        seq,
      ])
    },
    async rewindSink(sink, since) {
      await database.query(
        `with first as (select shard, min(seq) as seq from jobscope.events where time >= $2 group by shard)
         update jobscope.sink_positions p
           set seq = least(p.seq, (select first.seq - 1 from first where first.shard = p.shard)),
             failures = 0, failing_since = null, retry_at = null, rejections = 0, batch_end = null
         where p.sink = $1`,
        [sink, Math.round(since)],
      )
    },
  }
}
