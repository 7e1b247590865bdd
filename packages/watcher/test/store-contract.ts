import type { ClientJobKind } from '@jobscope/jobs'
import { describe, expect, test } from 'vitest'
import type { Rule } from '../src/engine/rules.ts'
import { runShard, type ShardSource } from '../src/engine/run-shard.ts'
import {
  createPosition,
  type NewEvent,
  type Run,
  type ShardCommit,
  type ShardDefinition,
  StaleRunError,
  type Store,
} from '../src/store/store.ts'

const definition: ShardDefinition = {
  id: 'a/p/r/dli/batch',
  account: 'a',
  project: 'p',
  region: 'r',
  service: 'dli',
  kind: 'batch',
}

const event = (ref: string, type = 'ended', time = 1000): NewEvent => ({
  ref,
  type,
  time,
  data: { state: 'succeeded' },
})

const commit = (version: number, changes: Partial<ShardCommit> = {}): ShardCommit => ({
  version,
  progress: {},
  saveJobs: [],
  removeJobs: [],
  events: [],
  history: [],
  nextIn: 0,
  ...changes,
})

const shard = (id: string): ShardDefinition => ({ ...definition, id })

/** A service whose list has one page. */
const createClient = (jobs: readonly object[]): ClientJobKind => ({
  service: 'dli',
  kind: 'batch',
  client: { listBatches: async () => ({ jobs }) },
  rules: {
    key: { id: '/id' },
    get: { operation: 'getBatch', at: '' },
    list: { operation: 'listBatches', at: '/jobs' },
    fields: {
      name: '/name',
      state: '/state',
      owner: '/owner',
      reason: '/reason',
      startedAt: '/startedAt',
      duration: '/duration',
    },
    polling: { interval: 10, maxInterval: 60 },
    states: { running: 'running', dead: 'failed' },
  },
})

/**
 * The tests that every store passes.
 *
 * @param getStore returns a store that was started. All tests share this store, so each test uses other shards and sinks
 */
export function testStore(getStore: () => Store): void {
  const store = () => getStore()
  const addAndFetch = async (id: string): Promise<Run> => {
    await store().addShards([shard(id)], 1)
    await store().addRun('shards', id)
    return fetchRun(id)
  }
  const fetchRun = async (key: string): Promise<Run> => {
    const runs = await store().fetchRuns('shards', 100)
    const run = runs.find(run => run.key === key)
    if (!run) throw new Error(`${key} is not due`)
    for (const other of runs) if (other !== run) await store().removeRun(other)
    return run
  }

  describe('queues', () => {
    test('a queue has at most one run for each key, and only one worker fetches this run', async () => {
      const run = await addAndFetch('queue-1')
      await store().addRun('shards', 'queue-1')
      expect(await store().fetchRuns('shards', 10)).toEqual([])
      expect(await store().keepRuns([run])).toEqual([run])
      await store().removeRun(run)
      expect(await store().keepRuns([run])).toEqual([])
    })

    test('a queue returns a postponed run only when the run is due', async () => {
      const run = await addAndFetch('queue-2')
      await store().postponeRun(run, 0)
      const next = await fetchRun('queue-2')
      await store().postponeRun(next, 3_600_000)
      expect(await store().fetchRuns('shards', 10)).toEqual([])
    })

    test('a queue does not return runs of accounts that the worker excludes', async () => {
      await store().addShards([shard('busy/queue-4'), shard('idle/queue-4')], 1)
      await store().addRun('shards', 'busy/queue-4')
      await store().addRun('shards', 'idle/queue-4')
      const [idle, ...others] = await store().fetchRuns('shards', 10, ['busy'])
      expect(idle?.key).toBe('idle/queue-4')
      expect(others).toEqual([])
      if (idle) await store().postponeRun(idle, 0)
      expect(await store().fetchRuns('shards', 10, ['busy', 'idle'])).toEqual([])
      for (const key of ['busy/queue-4', 'idle/queue-4']) {
        await store().addRun('shards', key)
        await store().removeRun(await fetchRun(key))
      }
    })

    test('a worker that has lost its run cannot end this run', async () => {
      const run = await addAndFetch('queue-3')
      await store().postponeRun(run, 0)
      const next = await fetchRun('queue-3')
      await store().postponeRun(run, 3_600_000)
      await store().removeRun(run)
      expect(await store().keepRuns([run, next])).toEqual([next])
      await store().removeRun(next)
    })
  })

  describe('shards', () => {
    test('a shard is added only once, with version 0', async () => {
      await store().addShards([shard('shard-1')], 5)
      await store().addShards([shard('shard-1')], 6)
      expect(await store().loadShard('shard-1')).toEqual({
        ...shard('shard-1'),
        version: 0,
        seq: 0,
        createdAt: 5,
        progress: {},
      })
      expect(await store().loadShard('none')).toBeUndefined()
    })

    test('a commit writes progress, jobs and numbered events, and adds the next run', async () => {
      const run = await addAndFetch('shard-2')
      const progress = { scan: { isFirst: false, wasInterrupted: false, nextAt: 1.5, interval: 2 }, oldBefore: 50 }
      const job = { ref: 'j1', watched: true, createdAt: 10, state: 'running', rawState: 'RUNNING', data: { list: 1 } }
      const ignored = { ref: 'j2', watched: false, createdAt: 60, state: '', rawState: '', data: {} }
      const old = { ...ignored, ref: 'j3', createdAt: 40 }
      const undated = { ...ignored, ref: 'j4', createdAt: undefined }
      await store().commitRun(
        run,
        commit(0, { progress, saveJobs: [job, ignored, old, undated], events: [event('j1', 'appeared'), event('j2')] }),
      )
      expect(await store().loadShard('shard-2')).toMatchObject({ version: 1, seq: 2, progress })
      const loaded = await store().loadJobs('shard-2', 50)
      expect(loaded.toSorted((a, b) => a.ref.localeCompare(b.ref))).toEqual([job, ignored, undated])
      expect(await store().listJobs('shard-2')).toEqual([{ ...job, shard: 'shard-2' }])
      expect(await store().readEvents('shard-2', 0, 10)).toEqual([
        { shard: 'shard-2', seq: 1, ...event('j1', 'appeared') },
        { shard: 'shard-2', seq: 2, ...event('j2') },
      ])

      const next = await fetchRun('shard-2')
      await store().commitRun(
        next,
        commit(1, { saveJobs: [{ ...job, rawState: 'ENDED' }], removeJobs: ['j2'], events: [event('j1')] }),
      )
      expect((await store().loadJobs('shard-2', 50)).find(({ ref }) => ref === 'j1')?.rawState).toBe('ENDED')
      expect((await store().readEvents('shard-2', 2, 10)).map(({ seq }) => seq)).toEqual([3])
      await store().removeRun(await fetchRun('shard-2'))
    })

    test('a commit with an old version writes nothing', async () => {
      const run = await addAndFetch('shard-3')
      await store().commitRun(run, commit(0))
      const next = await fetchRun('shard-3')
      const stale = commit(0, { events: [event('j')], saveJobs: [] })
      await expect(store().commitRun(next, stale)).rejects.toThrow(StaleRunError)
      expect(await store().loadShard('shard-3')).toMatchObject({ version: 1, seq: 0 })
      expect(await store().keepRuns([next])).toEqual([next])
      await store().removeRun(next)
    })

    test('a commit writes nothing if another worker has taken over the run', async () => {
      const run = await addAndFetch('shard-4')
      await store().postponeRun(run, 0)
      const next = await fetchRun('shard-4')
      await expect(store().commitRun(run, commit(0, { events: [event('j')] }))).rejects.toThrow(StaleRunError)
      expect(await store().loadShard('shard-4')).toMatchObject({ version: 0, seq: 0 })
      expect(await store().readEvents('shard-4', 0, 10)).toEqual([])
      await store().removeRun(next)
    })
  })

  test('every text and number that a service can send is stored', async () => {
    const texts = [`${'x'.repeat(499)}😀`, 'a\0b', 'half \ud83d', `${'x'.repeat(497)}secret`]
    const jobs = texts.flatMap((text, index) => [
      { id: `ended-${index}`, name: text, state: 'dead', owner: text, reason: text, startedAt: 1, duration: 1e300 },
      { id: `running-${index}`, name: text, state: text, owner: text, reason: text },
    ])
    const { id: key } = definition
    const rules: Rule[] = [{ type: 'stuck', after: '1ms' }]
    const source: ShardSource = { ...definition, client: createClient(jobs), rate: 1e6, burst: 1e6, rules }
    await store().addShards([source], 0)
    await store().addRun('shards', key)
    const redact = (text: string) => text.replaceAll('secret', '[redacted]')
    let time = 1000
    const now = () => (time += 10)
    const context = { store: store(), now, random: () => 0.5, cache: new Map(), redact }
    // A new account has no tokens.
    await store().takeTokens({ ...source, count: 1 })
    await store().returnTokens(source.account, 10)
    await runShard(context, source, await fetchRun(key), new AbortController().signal)
    const expected = [`${'x'.repeat(499)}\ufffd`, 'ab', 'half \ufffd', `${'x'.repeat(497)}[re`]
    const all = await store().readEvents(key, 0, 100)
    const events = all.filter(({ type }) => type !== 'rule.stuck')
    expect(events.map(({ data }) => data['reason'])).toEqual(expected.flatMap(text => [text, text]))
    for (const field of ['name', 'owner']) {
      const values = events.map(({ data }) => data[field])
      expect(values.slice(2, 6)).toEqual(['ab', 'ab', 'half \ufffd', 'half \ufffd'])
      expect(values.at(-1)).toBe(`${'x'.repeat(497)}[redacted]`)
    }
    const rawStates = all.flatMap(({ type, data }) => (type === 'rule.stuck' ? data['rawState'] : []))
    expect(rawStates).toEqual([texts[0], 'ab', 'half \ufffd', `${'x'.repeat(497)}[redacted]`])
    const stored = (await store().listJobs(key)).toSorted((a, b) => a.ref.localeCompare(b.ref))
    expect(stored.map(({ rawState }) => rawState)).toEqual([texts[0], 'ab', 'half \ufffd', texts[3]])
    expect(stored.map(({ data }) => data.name).at(-1)).toBe(`${'x'.repeat(497)}[redacted]`)
    expect((await store().countFailures({ shard: key })).map(({ reason }) => reason)).toEqual(expected.toSorted())
  })

  test('the number of available tokens is limited by the burst and the rate', async () => {
    const request = { account: 'tokens', count: 10, rate: 0.001, burst: 5 }
    const first = await store().takeTokens(request)
    expect(first.taken).toBe(0)
    expect(first.wait).toBeGreaterThan(900_000)
    await store().returnTokens('tokens', 100)
    expect(await store().takeTokens({ ...request, count: 3 })).toEqual({ taken: 3, wait: 0 })
    expect(await store().takeTokens(request)).toEqual({ taken: 2, wait: 0 })
    expect((await store().takeTokens(request)).taken).toBe(0)
  })

  describe('sinks', () => {
    test('a sink has an independent position in each shard', async () => {
      const run = await addAndFetch('sink-1')
      await store().commitRun(run, commit(0, { events: [event('a', 'appeared', 1), event('a', 'ended', 2)] }))
      const positions = async (sink: string) =>
        (await store().listPositions(sink)).filter(({ shard }) => shard === 'sink-1')
      const start = createPosition('sink-1', 0)
      expect(await positions('s1')).toEqual([start])
      const failing = { ...start, failures: 2, failingSince: 7, retryAt: 9, rejections: 1, batchEnd: 2 }
      await store().savePosition('s1', failing, 0)
      expect(await positions('s1')).toEqual([failing])
      await store().savePosition('s1', { ...start, seq: 2 }, 0)
      expect(await positions('s1')).toEqual([])
      expect(await positions('s2')).toEqual([start])

      await store().rewindSink('s1', 2)
      expect(await positions('s1')).toEqual([{ ...start, seq: 1 }])

      await store().savePosition('s1', { ...failing, seq: 1 }, 1)
      await store().rewindSink('s1', 3)
      expect(await positions('s1')).toEqual([{ ...start, seq: 1 }])
      await store().savePosition('s1', failing, 1)
      await store().rewindSink('s1', 2)
      expect(await positions('s1')).toEqual([start])
    })

    test('a sink does not overwrite a position that another process has changed', async () => {
      const run = await addAndFetch('sink-3')
      await store().commitRun(run, commit(0, { events: [event('a', 'appeared', 1), event('a', 'ended', 2)] }))
      const position = createPosition('sink-3', 1)
      const readPosition = async () =>
        (await store().listPositions('moved')).find(({ shard }) => shard === 'sink-3')?.seq
      await store().savePosition('moved', position, 0)
      await expect(store().savePosition('moved', { ...position, seq: 2 }, 0)).rejects.toThrow(StaleRunError)
      const [first] = await store().readEvents('sink-3', 0, 1)
      if (!first) throw new Error('no event')
      const letter = { event: first, error: 'x' }
      await expect(store().addDeadLetter('moved', letter, position, 0)).rejects.toThrow(StaleRunError)
      expect(await store().listDeadLetters('moved')).toEqual([])
      expect(await readPosition()).toBe(1)
      await store().rewindSink('moved', 0)
      await expect(store().savePosition('moved', { ...position, seq: 2 }, 1)).rejects.toThrow(StaleRunError)
      expect(await readPosition()).toBe(0)
    })

    test('dead letters are kept until they are removed', async () => {
      const run = await addAndFetch('sink-2')
      await store().commitRun(run, commit(0, { events: [event('a'), event('b')] }))
      const [first] = await store().readEvents('sink-2', 0, 1)
      if (!first) throw new Error('no event')
      const failing = { ...createPosition('sink-2', 1), failures: 3, failingSince: 5 }
      await store().addDeadLetter('dead', { event: first, error: 'refused' }, failing, 0)
      expect(await store().listDeadLetters('dead')).toEqual([{ event: first, error: 'refused' }])
      expect((await store().listPositions('dead')).find(({ shard }) => shard === 'sink-2')).toEqual(failing)
      await store().removeDeadLetter('dead', 'sink-2', 1)
      expect(await store().listDeadLetters('dead')).toEqual([])
    })
  })

  test('history has success rates, percentiles and reasons of failures', async () => {
    const run = await addAndFetch('history-1')
    const entry = (state: string, endedAt: number, duration: number | undefined, reason?: string) => ({
      ref: `j${endedAt}`,
      name: 'nightly',
      state,
      reason,
      endedAt,
      duration,
    })
    const history = [
      entry('succeeded', 10, 100),
      entry('succeeded', 20, 200),
      entry('failed', 30, 400, 'out of memory'),
      entry('failed', 110, undefined, 'out of memory'),
      { ...entry('failed', 120, 5), name: undefined },
    ]
    await store().commitRun(run, commit(0, { history }))
    const query = { shard: 'history-1', period: 100 }
    expect(await store().readHistory(query)).toEqual([
      { name: 'nightly', from: 0, count: 3, succeeded: 2, p50: 200, p95: 380 },
      { name: undefined, from: 100, count: 1, succeeded: 0, p50: 5, p95: 5 },
      { name: 'nightly', from: 100, count: 1, succeeded: 0, p50: undefined, p95: undefined },
    ])
    expect(await store().readHistory({ ...query, name: 'nightly', since: 20, until: 30 })).toMatchObject([{ count: 1 }])
    expect(await store().countFailures({ shard: 'history-1' })).toEqual([
      { reason: 'out of memory', count: 2 },
      { reason: undefined, count: 1 },
    ])
  })

  test('a new sink has no position in a shard whose events were deleted', async () => {
    const run = await addAndFetch('old-2')
    await store().commitRun(run, commit(0, { events: [event('a', 'ended', 1), event('b', 'ended', 2)] }))
    await store().savePosition('first', createPosition('old-2', 2), 0)
    const listShards = async () => (await store().listPositions('new')).map(position => position.shard)
    expect(await listShards()).toContain('old-2')
    await store().deleteOld({ events: 5, history: 0, sinks: ['first'] })
    expect(await store().readEvents('old-2', 0, 10)).toEqual([])
    expect(await listShards()).not.toContain('old-2')
    await store().commitRun(await fetchRun('old-2'), commit(1, { events: [event('c', 'ended', 9)] }))
    expect(await listShards()).toContain('old-2')
    await store().removeRun(await fetchRun('old-2'))
  })

  test('old dead letters are deleted, also if their sink no longer exists', async () => {
    const run = await addAndFetch('old-3')
    await store().commitRun(run, commit(0, { events: [event('a', 'ended', 1), event('b', 'ended', 9)] }))
    for (const letter of await store().readEvents('old-3', 0, 10)) {
      const position = createPosition('old-3', letter.seq)
      await store().addDeadLetter('removed', { event: letter, error: 'x' }, position, letter.seq - 1)
    }
    await store().deleteOld({ events: 0, history: 5, sinks: ['other'] })
    expect((await store().listDeadLetters('removed')).map(({ event }) => event.seq)).toEqual([2])
  })

  test('old events are deleted only after all sinks have delivered them', async () => {
    const run = await addAndFetch('old-1')
    await store().commitRun(
      run,
      commit(0, { events: [event('a', 'ended', 1), event('b', 'ended', 2), event('c', 'ended', 9)] }),
    )
    await store().savePosition('fast', createPosition('old-1', 3), 0)
    await store().savePosition('slow', createPosition('old-1', 1), 0)
    await store().deleteOld({ events: 5, history: 0, sinks: ['fast', 'slow'] })
    expect((await store().readEvents('old-1', 0, 10)).map(({ seq }) => seq)).toEqual([2, 3])
    await store().deleteOld({ events: 5, history: 0, sinks: ['fast'] })
    expect((await store().readEvents('old-1', 0, 10)).map(({ seq }) => seq)).toEqual([3])
  })
}
