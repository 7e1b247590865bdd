import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { replay } from '../src/replay.ts'
import { openEmbeddedDatabase } from '../src/store/embedded-database.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import { createPosition } from '../src/store/store.ts'
import { startEventReceiver } from './event-receiver.ts'

const shard = 'a/p/r/dli/batch'

async function createFolder(sinks: string) {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const config = join(folder, 'jobscope.yaml')
  // The credentials of the account and the secret of the other sink are missing.
  const account = 'accounts:\n  - { name: a, region: eu-de, project: p, credentials: { token: { env: MISSING } } }\n'
  await writeFile(config, `${account}sinks:\n  - { type: webhook, name: other, url: { env: MISSING } }\n${sinks}`)
  return { config, database: join(folder, 'data') }
}

async function openStore(folder: string) {
  const database = await openEmbeddedDatabase(folder)
  return { database, store: createPostgresStore({ database, onError: console.error }) }
}

test('a replay uses only the named sink, and polls nothing', async () => {
  const { url, log, close } = await startEventReceiver()
  onTestFinished(close)
  const { config, database: folder } = await createFolder(
    `  - { type: webhook, url: '${url}', secret: { env: KEY } }\n`,
  )
  const first = await openStore(folder)
  await first.store.start()
  await first.store.addShards(
    [{ id: shard, account: 'a', project: 'p', region: 'r', service: 'dli', kind: 'batch' }],
    1,
  )
  await first.store.addSinks(['webhook', 'other'])
  await first.store.addRun('shards', shard)
  await first.store.addRun('sinks', 'other')
  const [run] = await first.store.fetchRuns('shards', 1)
  if (!run) throw new Error('no run')
  const events = [1, 2, 3].map(time => ({ ref: 'dli:batch:1', type: 'changed', time, data: {} }))
  const commit = { version: 0, progress: {}, saveJobs: [], removeJobs: [], history: [], nextIn: 0, events }
  await first.store.commitRun(run, commit)
  const [event] = await first.store.readEvents(shard, 0, 1)
  if (!event) throw new Error('no event')
  for (const sink of ['webhook', 'other']) {
    await first.store.addDeadLetter(sink, { event, error: 'x' }, createPosition(shard, 1), 0)
  }
  await first.store.savePosition('webhook', createPosition(shard, 2), 1)
  await first.store.stop()

  const options = { config, database: folder, env: { KEY: 'key' }, sink: 'webhook' }
  expect(await replay({ ...options, since: new Date(0) })).toBe(2)
  expect(log.map(({ event }) => event.id)).toEqual([`${shard}#1`, `${shard}#2`])

  const { database, store } = await openStore(folder)
  expect(await store.listDeadLetters('webhook')).toEqual([])
  expect(await store.listDeadLetters('other')).toHaveLength(1)
  expect((await store.listPositions('webhook')).map(({ seq }) => seq)).toEqual([2])
  expect((await store.listPositions('other')).map(({ seq }) => seq)).toEqual([1])
  expect(await store.loadShard(shard)).toMatchObject({ version: 1, progress: {} })
  await database.query('insert into jobscope.migrations (version) values (999)')
  await database.close()
  await expect(replay(options)).rejects.toThrow('Upgrade @jobscope/watcher.')
})

test('a replay to an unknown sink, or from a time in the future, does not create a database', async () => {
  const { config, database } = await createFolder('  - { type: stdout }\n')
  await expect(replay({ config, database, env: {}, sink: 'none' })).rejects.toThrow(
    'Unknown sink "none". Configured sinks: other, stdout.',
  )
  const since = new Date('2099-01-01')
  await expect(replay({ config, database, env: {}, sink: 'stdout', since })).rejects.toThrow('is in the future')
  await expect(replay({ config, database, env: {}, sink: 'stdout' })).rejects.toThrow('contains no database')
  expect(existsSync(database)).toBe(false)
})
