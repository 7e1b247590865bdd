import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { openHistory } from '../src/open-history.ts'
import { serve } from '../src/serve.ts'
import { openEmbeddedDatabase } from '../src/store/embedded-database.ts'

const secret = 'marked-secret-4711'

test('serves health, readiness and metrics, reloads the configuration file, and never shows or stores a secret', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const mock = await createMock({ services: ['dli'], seedJobs: 60 })
  onTestFinished(() => mock.close())
  const config = join(folder, 'jobscope.yaml')
  const write = (names: readonly string[], settings = 'http: { port: 0 }') =>
    writeFile(
      config,
      `
accounts:
${names.map(name => `  - { name: ${name}, region: eu-de, project: p1, endpoint: '${mock.origin}', services: [dli], interval: 100ms, credentials: { token: { env: TOKEN } } }`).join('\n')}
sinks:
  - { type: webhook, url: { env: HOOK }, secret: { env: TOKEN } }
${settings}
`,
    )
  await write(['first'])
  let logged = ''
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  })
  const database = join(folder, 'data')
  // The receiver does not exist, so each delivery fails with an error that can contain the URL.
  const env = { TOKEN: secret, HOOK: `http://127.0.0.1:1/${secret}` }
  const server = await serve({ config, database, env, log })
  let isStopped = false
  onTestFinished(async () => {
    if (!isStopped) await server.stop()
  })
  expect((await stat(database)).mode & 0o777).toBe(0o700)
  await expect(openEmbeddedDatabase(database)).rejects.toThrow(
    `Another process uses the folder ${database}. An embedded database supports one process. Stop the other process first (for example jobscope serve)`,
  )

  const read = async (path: string) => {
    const response = await fetch(new URL(path, server.url))
    return `${response.status} ${await response.text()}`
  }
  expect(await read('/healthz')).toBe('200 ok\n')
  expect(await read('/readyz')).toBe('200 ready\n')
  expect(await read('/other')).toContain('404')
  const poll = <T>(readValue: () => T) => expect.poll(readValue, { timeout: 60_000, interval: 50 })
  await poll(() => read('/metrics')).toMatch(/jobscope_events_total\{type="appeared"\} [1-9]/)
  await poll(() => logged).toContain('A delivery failed.')
  const metrics = await read('/metrics')
  for (const line of metrics.slice(4).split('\n')) expect(line).toMatch(/^(#.*|[a-z_]+(\{.*\})? [\d.e+-]+|)$/)

  await write(['first', 'second'])
  await server.reload()
  const accounts = async () => new Set((await server.watcher.query.shards()).map(({ account }) => account))
  expect(await accounts()).toEqual(new Set(['first', 'second']))
  await writeFile(config, 'accounts: []\n')
  await expect(server.reload()).rejects.toThrow('accounts is an empty list')
  expect(await read('/readyz')).toBe('200 ready\n')
  await write(['first'], 'http: { port: 9999 }\nconcurrency: 3\n')
  await server.reload()
  const entries = logged
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(entries.find(({ message }) => message.includes('was not loaded again'))?.error).toContain(
    'accounts is an empty list',
  )
  expect(entries.find(({ message }) => message.includes('need a restart'))?.keys).toEqual(['concurrency', 'http'])
  expect(entries.find(({ message }) => message === 'A delivery failed.')).toMatchObject({
    sink: 'webhook',
    event: expect.stringMatching(/^first\/p1\/eu-de\/dli\/[a-z-]+#1$/),
    count: expect.any(Number),
    error: 'fetch failed: bad port',
  })

  const stored = JSON.stringify([await server.watcher.query.shards(), await server.watcher.query.jobs()])
  await server.stop()
  isStopped = true
  const history = await openHistory(database)
  const period = { since: 0, until: Date.now() + 1, period: 86_400_000 }
  const ended = await history.readHistory(period)
  expect(ended.every(({ count }) => count > 0)).toBe(true)
  await history.close()

  await write(['first'])
  const withoutHttp = await serve({ config, database, env, log, http: false })
  await withoutHttp.stop()
  expect(withoutHttp.url).toBeUndefined()

  const lite = await openEmbeddedDatabase(database)
  const tables = ['shards', 'jobs', 'events', 'history', 'sink_positions', 'dead_letters']
  const rows = await Promise.all(
    tables.map(async table => (await lite.query(`select t::text from jobscope.${table} t`)).rows),
  )
  await lite.close()
  expect(JSON.stringify(rows).length).toBeGreaterThan(500)
  for (const text of [logged, metrics, stored, JSON.stringify(rows)]) expect(text).not.toContain(secret)
})
