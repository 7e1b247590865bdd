import { describe, expect, test } from 'vitest'
import { readBundle, services } from './bundle.ts'
import { bundle, job } from './fixture.ts'
import { stateMap } from './state-map.ts'
import { stateTables } from './state-table.ts'

describe('stateTables', () => {
  test('a state may be a word, or say more', () => {
    const jobs = {
      job: job({
        run: 'running',
        dead: { is: 'failed', description: 'Gone.', settle: 60, inferred: true },
        idle: { is: 'unknown', rests: true },
      }),
    }
    expect(stateTables(bundle({ jobs }))[0]?.rows).toEqual([
      { wire: 'run', state: 'running', terminal: false, meaning: '', rests: false, inferred: false },
      { wire: 'dead', state: 'failed', terminal: true, meaning: 'Gone.', settle: 60, rests: false, inferred: true },
      { wire: 'idle', state: 'unknown', terminal: false, meaning: '', rests: true, inferred: false },
    ])
  })

  test('says whether a kind ends, and names its operations', () => {
    const jobs = {
      job: job(
        {},
        { ends: false, create: { createA: '', createB: '' }, list: { op: 'getJob' }, cancel: { op: 'stopJob' } },
      ),
    }
    const [table] = stateTables(bundle({ jobs }))
    expect(table?.ends).toBe(false)
    expect(table?.operations.map(({ roles, operationId }) => `${roles} ${operationId}`)).toEqual([
      'create createA',
      'create createB',
      'get,list getJob',
      'cancel stopJob',
    ])
  })

  test('a spec without jobs has no tables', () => {
    expect(stateTables(bundle())).toEqual([])
  })

  test.each(services)('every state of %s has a meaning to show', service => {
    const tables = stateTables(readBundle(service))
    expect(tables).toHaveLength(Object.keys(readBundle(service)['x-jobs'] ?? {}).length)
    expect(tables.flatMap(table => table.rows).filter(row => !row.meaning)).toEqual([])
  })
})

test('stateMap lines the kinds of all services up by state, and leaves unused states out', () => {
  const map = stateMap({
    a: bundle({ title: 'A service (A)', jobs: { x: job({ go: 'running', run: 'running', end: 'succeeded' }) } }),
    b: bundle({ title: 'B jobs', jobs: { y: job({ 8: 'running', 10: 'failed' }) } }),
  })
  expect(map.kinds.map(({ service, api, kind }) => [service, api, kind])).toEqual([
    ['a', 'A', 'x'],
    ['b', 'B', 'y'],
  ])
  expect(map.rows).toEqual([
    { state: 'running', wires: [['go', 'run'], ['8']] },
    { state: 'succeeded', wires: [['end'], []] },
    { state: 'failed', wires: [[], ['10']] },
  ])
})
