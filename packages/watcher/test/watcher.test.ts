import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import {
  createMemoryStore,
  createWatcher,
  type Rule,
  type WatchedAccount,
  type WatcherEvent,
  type WatcherOptions,
  webhook,
} from '../src/index.ts'
import { createVirtualTime } from './simulation.ts'

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

/** Sets up a mock of DLI. The clock of the mock advances with each request. */
async function setUp() {
  const mock = await createMock({ services: ['dli'], requestLimit: 1_000_000 })
  onTestFinished(() => mock.close())
  const connect = (projectId: string, credential = 'any') =>
    createDliClient({ endpoint: mock.url('dli'), projectId, credentials: token(credential), retry: false })
  const start = async (options: Partial<WatcherOptions>) => {
    const watcher = createWatcher({
      database: createMemoryStore(),
      accounts: [account('production', connect('p1'))],
      ...options,
    })
    await watcher.start()
    onTestFinished(() => watcher.stop())
    return watcher
  }
  return { mock, connect, start }
}

const account = (name: string, dli: ReturnType<typeof createDliClient>): WatchedAccount => ({
  name,
  clients: { dli },
  filter: { kinds: ['dli:batch'] },
  interval: '100ms',
  maxInterval: '200ms',
  rate: 1000,
  burst: 1000,
})

/** Starts a receiver of webhooks. It responds with the status code that `respond` returns. */
async function startReceiver(respond: (events: readonly WatcherEvent[]) => number = () => 204) {
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const status = respond(JSON.parse(body))
    if (status < 300) received.push({ headers: request.headers, body })
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

/** Waits for a condition. */
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 20 })

async function waitForEvent(
  events: AsyncIterable<WatcherEvent>,
  matches: (event: WatcherEvent) => boolean,
): Promise<WatcherEvent> {
  for await (const event of events) if (matches(event)) return event
  throw new Error('The watcher was stopped.')
}

test('reports the changes of a job from its start to its end as CloudEvents, and keeps the history of the job', async () => {
  const { mock, connect, start } = await setUp()
  const watcher = await start({ rules: [{ type: 'longer-than', after: '1s', name: 'slow' }] })
  const { id } = await connect('p1').createBatch(batch)
  const seen: WatcherEvent[] = []
  for await (const event of watcher.events({ since: new Date(0) })) {
    if (event.subject !== `dli:batch:${id}`) continue
    seen.push(event)
    if (event.type === 'jobscope.job.ended') break
    mock.clock.advance(20_000)
  }
  expect(seen.map(({ type }) => type)).toContain('jobscope.job.appeared')
  expect(seen.at(-1)).toMatchObject({
    specversion: '1.0',
    source: '/jobscope/production/default/default/dli/batch',
    data: { ref: `dli:batch:${id}`, state: 'succeeded', rawState: 'success' },
  })
  expect(new Set(seen.map(event => event.id)).size).toBe(seen.length)
  expect(await watcher.query.history()).toMatchObject([{ count: 1, succeeded: 1 }])
  expect((await watcher.query.shards()).map(({ account }) => account)).toEqual(['production'])
})

test('signs webhooks so that a receiver can verify them with the documented steps', async () => {
  const { connect, start } = await setUp()
  const { url, received } = await startReceiver()
  const watcher = await start({ sinks: [webhook({ url, secret: 'key' })] })
  await connect('p1').createBatch(batch)
  await waitForEvent(watcher.events({ since: new Date(0) }), () => true)
  await poll(() => received.length).toBeGreaterThan(0)
  const { headers, body } = received[0] ?? { headers: {}, body: '' }
  const expected = createHmac('sha256', 'key').update(`${headers['jobscope-timestamp']}.${body}`).digest('hex')
  expect(headers['jobscope-signature']).toBe(`v1=${expected}`)
  expect(Math.abs(Number(headers['jobscope-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
  expect(headers['content-type']).toBe('application/cloudevents-batch+json')
})

test('a sink that never responds delays neither polling nor another sink', async () => {
  const { mock, connect, start } = await setUp()
  const delivered: WatcherEvent[] = []
  const watcher = await start({
    drainTimeout: 100,
    sinks: [
      { name: 'dead', deliver: () => new Promise(() => {}) },
      { name: 'fast', deliver: async events => void delivered.push(...events) },
    ],
  })
  const { id } = await connect('p1').createBatch(batch)
  await waitForEvent(watcher.events({ since: new Date(0) }), ({ subject }) => {
    mock.clock.advance(20_000)
    return subject === `dli:batch:${id}`
  })
  await poll(() => delivered.some(({ type }) => type === 'jobscope.job.appeared')).toBe(true)
})

test('an event that the receiver rejects becomes a dead letter, and a replay delivers this event', async () => {
  const { connect, start } = await setUp()
  let isBroken = true
  const { url, received } = await startReceiver(() => (isBroken ? 422 : 204))
  let deadLetters = 0
  const watcher = await start({
    sinks: [webhook({ url })],
    hooks: {
      onSinkFailure(_sink, _error, isDeadLetter) {
        if (isDeadLetter) deadLetters++
      },
    },
  })
  await connect('p1').createBatch(batch)
  await poll(() => deadLetters).toBeGreaterThan(0)
  isBroken = false
  expect(await watcher.replay('webhook')).toBeGreaterThan(0)
  expect(received.length).toBeGreaterThan(0)
  expect(await watcher.replay('webhook')).toBe(0)
  const error: unknown = await watcher.replay('none').catch((error: unknown) => error)
  expect(`${error}`).toContain('Unknown sink "none". Configured sinks: webhook.')
})

test('an account with rejected credentials does not stop the events of another account', async () => {
  const { mock, connect, start } = await setUp()
  const broken = createDliClient({
    endpoint: mock.url('dli'),
    projectId: 'p1',
    credentials: { authorize: () => Promise.reject(new Error('no credentials')) },
    retry: false,
  })
  const watcher = await start({ accounts: [account('broken', broken), account('working', connect('p1'))] })
  await connect('p1').createBatch(batch)
  const event = await waitForEvent(watcher.events({ since: new Date(0) }), () => true)
  expect(event.source).toContain('/working/')
  await poll(
    async () => (await watcher.query.shards()).find(({ account }) => account === 'broken')?.progress.lastError,
  ).toContain('no credentials')
})

test('a reload adds accounts and sinks without a restart', async () => {
  const { connect, start } = await setUp()
  const watcher = await start({ accounts: [account('first', connect('p1'))] })
  const delivered: WatcherEvent[] = []
  await watcher.reload({
    accounts: [account('first', connect('p1')), account('second', connect('p1'))],
    sinks: [{ name: 'late', deliver: async events => void delivered.push(...events) }],
  })
  await poll(async () => {
    await connect('p1').createBatch(batch)
    return new Set(delivered.map(({ source }) => source)).size
  }).toBe(2)
})

test('if a reload fails, the old accounts and sinks stay in use, and the next reload can succeed', async () => {
  const { connect, start } = await setUp()
  const store = createMemoryStore()
  const watcher = await start({ database: store, accounts: [account('first', connect('p1'))] })
  const { addShards } = store
  Object.assign(store, {
    async addShards() {
      Object.assign(store, { addShards })
      throw new Error('The connection was lost.')
    },
  })
  const changed = {
    accounts: [account('second', connect('p1'))],
    sinks: [{ name: 'late', deliver: async () => {} }],
  }
  await expect(watcher.reload(changed)).rejects.toThrow('The connection was lost.')
  const listNames = async () => (await watcher.query.shards()).map(({ account }) => account)
  expect(await listNames()).toEqual(['first'])
  await expect(watcher.replay('late')).rejects.toThrow('Unknown sink "late". Configured sinks: none.')
  await watcher.reload(changed)
  expect(await listNames()).toEqual(['second'])
})

test('rejects two sinks or accounts with the same name', async () => {
  const { connect } = await setUp()
  const database = createMemoryStore()
  const sink = { name: 'x', deliver: async () => {} }
  expect(() => createWatcher({ database, accounts: [], sinks: [sink, sink] })).toThrow('Two sinks have the name "x"')
  const accounts = [account('a', connect('p1')), account('a', connect('p1'))]
  expect(() => createWatcher({ database, accounts })).toThrow('Two accounts have the shard')
})

test('rejects accounts with the same name and different rate limits', async () => {
  const { connect } = await setUp()
  const first = account('a', connect('p1'))
  const accounts = [first, account('b', connect('p1')), { ...first, region: 'x', burst: 1 }]
  expect(() => createWatcher({ database: createMemoryStore(), accounts })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: 'accounts[2].burst' }),
  )
})

test.each([
  ['an unknown type', { type: 'bogus' }, 'rules[0].type', 'unknown type "bogus"'],
  ['a rule without after', { type: 'stuck' }, 'rules[0]', 'has no "after"'],
  ['an invalid after', { type: 'stuck', after: 'soon' }, 'rules[0].after', 'invalid time span after: "soon"'],
  ['an invalid time', { type: 'missing', matchName: 'x', by: '99:99' }, 'rules[0].by', 'by: "99:99"'],
  [
    'an unknown time zone',
    { type: 'missing', matchName: 'x', by: '06:30', timeZone: 'Mars' },
    'rules[0].timeZone',
    'unknown time zone "Mars"',
  ],
  ['a key that is not used', { type: 'failed', after: '1h' }, 'rules[0].after', 'does not use this key'],
  ['a rule for no jobs', { type: 'missing', matchName: 'x', by: '06:30' }, 'rules[0]', 'selects no watched jobs'],
])('createWatcher rejects %s', (_, rule, option, message) => {
  const create = () => createWatcher({ database: createMemoryStore(), accounts: [], rules: [rule as Rule] })
  expect(create).toThrow(expect.objectContaining({ name: 'ConfigurationError', option }))
  expect(create).toThrow(message)
})

test.each<[string, Partial<WatcherOptions>, Partial<WatchedAccount>, string]>([
  [
    'a rule of the type missing',
    { rules: [{ type: 'missing', matchName: 'x', by: '06:30', kinds: ['dli:sql-job'] }] },
    {},
    'rules[0]',
  ],
  [
    'a rule with matchName',
    { rules: [{ type: 'failed', matchName: 'x', kinds: ['batch', 'sql-job'] }] },
    {},
    'rules[0]',
  ],
  ['an account', {}, { filter: { name: 'x', kinds: ['dli:sql-job'] } }, 'accounts[0]'],
])(
  'createWatcher rejects %s that selects jobs by name if the jobs have no names',
  async (_, options, changes, option) => {
    const { connect } = await setUp()
    const accounts = [{ ...account('a', connect('p1')), filter: {}, ...changes }]
    const create = () => createWatcher({ database: createMemoryStore(), accounts, ...options })
    expect(create).toThrow(expect.objectContaining({ name: 'ConfigurationError', option }))
    expect(create).toThrow('selects jobs by name, but jobs of the kind dli:sql-job have no name.')
  },
)

test('a rule with matchName can apply to all kinds', async () => {
  const { connect } = await setUp()
  const accounts = [{ ...account('a', connect('p1')), filter: {} }]
  createWatcher({ database: createMemoryStore(), accounts, rules: [{ type: 'failed', matchName: 'x' }] })
})

test('createWatcher rejects an empty or unsupported database', () => {
  for (const database of ['', 'mysql://host', 'postgres://host:port/x']) {
    expect(() => createWatcher({ database, accounts: [] })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', option: 'database' }),
    )
  }
})

test('a replay with a time returns after the sink got all events since this time again', async () => {
  const { connect, start } = await setUp()
  const delivered: string[] = []
  const watcher = await start({
    sinks: [
      {
        name: 'sink',
        async deliver(events) {
          delivered.push(...events.map(({ id }) => id))
        },
      },
    ],
  })
  await connect('p1').createBatch(batch)
  await poll(() => delivered.length).toBeGreaterThan(0)
  const first = delivered[0]
  delivered.length = 0
  expect(await watcher.replay('sink', { since: new Date(0) })).toBe(0)
  expect(delivered).toContain(first)
})

test('after a restart, events() yields events until the watcher is stopped again', async () => {
  const { connect, start } = await setUp()
  const watcher = await start({})
  await watcher.stop()
  await watcher.start()
  await connect('p1').createBatch(batch)
  await waitForEvent(watcher.events({ since: new Date(0) }), () => true)
})

test('a removed shard or sink causes fewer and fewer fetches', async () => {
  const time = createVirtualTime(0)
  const store = createMemoryStore(time.clock.now)
  const { postponeRun } = store
  const times: number[] = []
  Object.assign(store, {
    postponeRun: (...args: Parameters<typeof postponeRun>) => {
      if (args[0].key.includes('removed')) times.push(time.clock.now())
      return postponeRun(...args)
    },
  })
  const watcher = createWatcher({ database: store, accounts: [], clock: time.clock })
  await store.addRun('shards', 'removed/p/r/dli/batch')
  await store.addRun('sinks', 'removed')
  await watcher.start()
  await time.runUntil(600_000)
  expect(times.length).toBeLessThan(40)
  expect(times.some(at => at > 500_000)).toBe(true)
})

test('events() ends without an error if the watcher is stopped during a request to the database', async () => {
  const { start } = await setUp()
  const store = createMemoryStore()
  const watcher = await start({ database: store })
  let reject = (_error: Error) => {}
  const requested = new Promise<void>(resolve => {
    Object.assign(store, {
      listShards: () =>
        new Promise((_, fail) => {
          reject = fail
          resolve()
        }),
    })
  })
  const event = watcher.events().next()
  await requested
  await watcher.stop()
  reject(new Error('Cannot use a pool after calling end on the pool'))
  expect(await event).toEqual({ done: true, value: undefined })
})

test('the query of shards leaves out an account that a reload has removed, and returns it after a reload has added it again', async () => {
  const { connect, start } = await setUp()
  const accounts = [account('kept', connect('p1')), account('removed', connect('p1'))]
  const watcher = await start({ accounts })
  const listNames = async () => (await watcher.query.shards()).map(({ account }) => account)
  expect(await listNames()).toEqual(['kept', 'removed'])
  await connect('p1').createBatch(batch)
  await poll(async () => (await watcher.query.jobs()).map(({ shard }) => shard.split('/')[0])).toContain('removed')
  await watcher.reload({ accounts: accounts.slice(0, 1) })
  expect(await listNames()).toEqual(['kept'])
  expect((await watcher.query.jobs()).filter(({ shard }) => shard.startsWith('removed/'))).toEqual([])
  await watcher.reload({ accounts })
  expect(await listNames()).toEqual(['kept', 'removed'])
  const since = new Date()
  await connect('p1').createBatch(batch)
  await waitForEvent(watcher.events({ since }), ({ source }) => source.includes('/removed/'))
})
