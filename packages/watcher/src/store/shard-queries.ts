import type { Database, Queryable } from './database.ts'
import { type Run, StaleRunError, type Store, type StoredJob, type StoredShard } from './store.ts'

const readShard = (row: Record<string, unknown>): StoredShard => ({
  id: row['id'] as string,
  account: row['account'] as string,
  project: row['project'] as string,
  region: row['region'] as string,
  service: row['service'] as string,
  kind: row['kind'] as string,
  // `pg` returns a bigint as text, and PGlite as a number.
  version: Number(row['version']),
  seq: Number(row['seq']),
  createdAt: Number(row['created_at']),
  progress: row['progress'] as StoredShard['progress'],
})

export const readStoredJob = (row: Record<string, unknown>): StoredJob => ({
  ref: row['ref'] as string,
  watched: row['watched'] as boolean,
  createdAt: row['created_at'] === null ? undefined : Number(row['created_at']),
  state: row['state'] as string,
  rawState: row['raw_state'] as string,
  data: row['data'] as StoredJob['data'],
})

/**
 * The SQL queries for shards, for the jobs of shards, and for the rate-limit tokens of accounts.
 *
 * @param settle ends a run in a transaction, and adds the next run
 */
export function createShardQueries(
  database: Database,
  settle: (run: Run, nextIn: number, client: Queryable) => Promise<void>,
): Pick<
  Store,
  'addShards' | 'listShards' | 'loadShard' | 'loadJobs' | 'commitRun' | 'takeTokens' | 'returnTokens' | 'listJobs'
> {
  return {
    async addShards(definitions, now) {
      for (const { id, account, project, region, service, kind } of definitions) {
        await database.query(
          `insert into jobscope.shards (id, account, project, region, service, kind, created_at)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
          [id, account, project, region, service, kind, Math.round(now)],
        )
      }
    },
    async listShards() {
      const { rows } = await database.query('select * from jobscope.shards order by id')
      return rows.map(readShard)
    },
    async loadShard(id) {
      const { rows } = await database.query('select * from jobscope.shards where id = $1', [id])
      return rows[0] && readShard(rows[0])
    },
    async loadJobs(shard, oldBefore) {
      const { rows } = await database.query(
        `select ref, watched, created_at, state, raw_state, data from jobscope.jobs
         where shard = $1 and (watched or created_at is null or created_at >= $2)`,
        [shard, Math.round(oldBefore ?? 0)],
      )
      return rows.map(readStoredJob)
    },
    async listJobs(shard) {
      const { rows } = await database.query(
        'select * from jobscope.jobs where watched and ($1::text is null or shard = $1) order by shard, created_at desc, ref',
        [shard ?? null],
      )
      return rows.map(row => ({ ...readStoredJob(row), shard: row.shard as string }))
    },

    commitRun: (run, { version, progress, saveJobs, removeJobs, events, history, nextIn }) =>
      database.transaction(async client => {
        const { rows } = await client.query(
          `update jobscope.shards set version = version + 1, seq = seq + $3, progress = $4
           where id = $1 and version = $2 returning seq`,
          [run.key, version, events.length, JSON.stringify(progress)],
        )
        if (!rows[0]) throw new StaleRunError(`The version of shard ${run.key} is no longer ${version}.`)
        const firstSeq = Number(rows[0].seq) - events.length + 1
        if (removeJobs.length > 0) {
          await client.query('delete from jobscope.jobs where shard = $1 and ref = any($2::text[])', [
            run.key,
            removeJobs,
          ])
        }
        if (saveJobs.length > 0) await saveAllJobs(client, run.key, saveJobs)
        if (events.length > 0) {
          await client.query(
            `insert into jobscope.events (shard, seq, ref, type, time, data)
             select $1, $2::bigint + n - 1, ref, type, time, data
             from unnest($3::text[], $4::text[], $5::bigint[], $6::jsonb[]) with ordinality as t(ref, type, time, data, n)`,
            [
              run.key,
              firstSeq,
              events.map(({ ref }) => ref),
              events.map(({ type }) => type),
              events.map(({ time }) => Math.round(time)),
              events.map(({ data }) => JSON.stringify(data)),
            ],
          )
        }
        if (history.length > 0) {
          await client.query(
            `insert into jobscope.history (shard, ref, name, state, reason, ended_at, duration)
             select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])`,
            [
              run.key,
              history.map(({ ref }) => ref),
              history.map(({ name }) => name ?? null),
              history.map(({ state }) => state),
              history.map(({ reason }) => reason ?? null),
              history.map(({ endedAt }) => Math.round(endedAt)),
              history.map(({ duration }) => (duration === undefined ? null : Math.round(duration))),
            ],
          )
        }
        await settle(run, nextIn, client)
      }),

    async takeTokens({ account, count, rate, burst }) {
      const take = async () => (await database.query(takeTokens, [account, count, rate, burst])).rows[0]
      let result = await take()
      if (!result) {
        // The account has no bucket if it is new, or if the server has crashed: PostgreSQL then empties unlogged tables. The new bucket
        // has no tokens, so that the rate is never exceeded.
        await database.query(
          'insert into jobscope.buckets (account, tokens, burst) values ($1, 0, $2) on conflict do nothing',
          [account, burst],
        )
        result = await take()
      }
      return { taken: Number(result.taken), wait: Number(result.wait) }
    },
    async returnTokens(account, count) {
      await database.query(
        'update jobscope.buckets set tokens = least(burst, tokens + $2::float8) where account = $1',
        [account, count],
      )
    },
  }
}

/**
 * Adds the rate-limit tokens that the bucket of an account has gained since the last call. If the clock was set back, no tokens are added.
 * Then takes the given number of tokens, or all tokens if the bucket has fewer.
 */
const takeTokens = `
  with bucket as (
    select account,
      least($4::float8, tokens + $3::float8 * greatest(0, extract(epoch from clock_timestamp() - at)::float8)) as available
    from jobscope.buckets where account = $1 for update
  ), taken as (
    select account, available, least($2::float8, floor(greatest(available, 0))) as count from bucket
  ), changed as (
    update jobscope.buckets b set tokens = t.available - t.count, burst = $4, at = clock_timestamp()
    from taken t where b.account = t.account returning 1
  )
  select count as taken, case when count > 0 then 0 else ceil((1 - available) / $3::float8 * 1000) end as wait
  from taken where exists (select 1 from changed)`

async function saveAllJobs(client: Queryable, shard: string, jobs: readonly StoredJob[]): Promise<void> {
  await client.query(
    `insert into jobscope.jobs (shard, ref, watched, created_at, state, raw_state, data)
     select $1, * from unnest($2::text[], $3::boolean[], $4::bigint[], $5::text[], $6::text[], $7::jsonb[])
     on conflict (shard, ref) do update set watched = excluded.watched, created_at = excluded.created_at,
       state = excluded.state, raw_state = excluded.raw_state, data = excluded.data`,
    [
      shard,
      jobs.map(({ ref }) => ref),
      jobs.map(({ watched }) => watched),
      jobs.map(({ createdAt }) => (createdAt === undefined ? null : Math.round(createdAt))),
      jobs.map(({ state }) => state),
      jobs.map(({ rawState }) => rawState),
      jobs.map(({ data }) => JSON.stringify(data)),
    ],
  )
}
