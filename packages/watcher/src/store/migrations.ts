import type { Database, Queryable } from './database.ts'

/**
 * The migrations of the tables, in order. Each migration runs once, in its own transaction. A published migration is never changed.
 * The tables of pg-boss are in the schema `jobscope_queue`, and pg-boss migrates them itself.
 */
const migrations: readonly string[] = [
  `
  create table jobscope.shards (
    id text primary key,
    account text not null, project text not null, region text not null, service text not null, kind text not null,
    version bigint not null default 0,
    seq bigint not null default 0,
    created_at bigint not null,
    progress jsonb not null default '{}'
  ) with (fillfactor = 50);

  create table jobscope.jobs (
    shard text not null references jobscope.shards on delete cascade,
    ref text not null,
    watched boolean not null,
    created_at bigint,
    state text not null, raw_state text not null,
    data jsonb not null,
    primary key (shard, ref)
  ) with (fillfactor = 70);
  create index jobs_ignored on jobscope.jobs (shard, created_at) where not watched;

  create table jobscope.events (
    shard text not null, seq bigint not null,
    ref text not null, type text not null, time bigint not null, data jsonb not null,
    primary key (shard, seq)
  );
  create index events_time on jobscope.events using brin (time);

  create table jobscope.history (
    shard text not null, ref text not null, name text, state text not null, reason text,
    ended_at bigint not null, duration bigint
  );
  create index history_ended on jobscope.history (ended_at);

  create table jobscope.sink_positions (
    sink text not null, shard text not null, seq bigint not null,
    failures integer not null default 0, failing_since bigint,
    primary key (sink, shard)
  ) with (fillfactor = 50);

  create table jobscope.dead_letters (
    sink text not null, shard text not null, seq bigint not null,
    ref text not null, type text not null, time bigint not null, data jsonb not null, error text not null,
    primary key (sink, shard, seq)
  );

  create unlogged table jobscope.buckets (
    account text primary key, tokens double precision not null, burst double precision not null,
    at timestamptz not null default clock_timestamp()
  ) with (fillfactor = 20);
  `,
  `
  alter table jobscope.sink_positions
    add column retry_at bigint, add column rejections integer not null default 0, add column batch_end bigint;
  `,
  `
  create table jobscope.sinks (name text primary key, added_at timestamptz not null default now());
  insert into jobscope.sinks (name)
    select sink from jobscope.sink_positions union select sink from jobscope.dead_letters;
  `,
]

/** Identifies the lock that allows only one process at a time to migrate. The number is arbitrary. */
const migrationLock = 7_245_110

/**
 * Runs a function while no other process runs this function on the same database. The function uses other connections than the
 * one that holds the lock. An embedded database has only one process and one connection, so it needs no lock.
 */
export async function withMigrationLock(database: Database, run: () => Promise<void>): Promise<void> {
  if (database.isEmbedded) return run()
  await database.transaction(async client => {
    // The connection waits for the lock, and then holds it without statements. By default, the server ends such connections earlier.
    await client.query(`set local idle_in_transaction_session_timeout = '60s'`)
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
    await run()
  })
}

/** Creates the tables, or changes them to the current version. Call it with `withMigrationLock`. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async client => {
    await client.query('create schema if not exists jobscope')
    await client.query(
      'create table if not exists jobscope.migrations (version integer primary key, at timestamptz default now())',
    )
    const version = await readVersion(client)
    for (const [index, sql] of migrations.entries()) {
      if (index < version) continue
      for (const statement of sql.split(';')) if (statement.trim()) await client.query(statement)
      await client.query('insert into jobscope.migrations (version) values ($1)', [index + 1])
    }
  })
}

/**
 * Returns the version of the tables.
 *
 * @throws Error if a newer version of the watcher has migrated the tables
 */
async function readVersion(client: Queryable): Promise<number> {
  const { rows } = await client.query('select coalesce(max(version), 0) as version from jobscope.migrations')
  const version = Number(rows[0]?.version ?? 0)
  if (version <= migrations.length) return version
  throw new Error(
    `The tables of the database have version ${version}, but this watcher supports only versions up to ${migrations.length}. Upgrade @jobscope/watcher.`,
  )
}

/**
 * Checks that the tables exist and have the current version, without changing them.
 *
 * @throws Error if they do not
 */
export async function requireCurrentTables(client: Queryable): Promise<void> {
  const { rows } = await client.query(`select to_regclass('jobscope.migrations') is not null as exists`)
  if (!rows[0]?.exists) {
    throw new Error('The database has no tables of a watcher. Start `jobscope serve` with this database first.')
  }
  const version = await readVersion(client)
  if (version === migrations.length) return
  throw new Error(
    `The tables of the database have the old version ${version}. To migrate them to version ${migrations.length}, stop all processes that use the database, and start \`jobscope serve\` once.`,
  )
}
