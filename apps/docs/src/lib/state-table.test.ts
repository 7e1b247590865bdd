import { describe, expect, test } from 'vitest'
import { readBundle, services } from './bundle.ts'
import { buildStateOverview } from './state-overview.ts'
import { buildStateTables } from './state-table.ts'
import { createBundle, createJobKind } from './test-bundle.ts'

describe('buildStateTables', () => {
  test('a state may be a word, or say more', () => {
    const jobs = {
      job: createJobKind({
        run: 'running',
        dead: { is: 'failed', description: 'Gone.', settle: 60, inferred: true },
        idle: { is: 'unknown', rests: true },
      }),
    }
    expect(buildStateTables(createBundle({ jobs }))[0]?.rows).toEqual([
      { wire: 'run', state: 'running', terminal: false, meaning: '', rests: false, inferred: false },
      { wire: 'dead', state: 'failed', terminal: true, meaning: 'Gone.', settle: 60, rests: false, inferred: true },
      { wire: 'idle', state: 'unknown', terminal: false, meaning: '', rests: true, inferred: false },
    ])
  })

  test('says whether a kind ends, and names its operations', () => {
    const jobs = {
      job: createJobKind(
        {},
        { ends: false, create: { createA: '', createB: '' }, list: { op: 'getJob' }, cancel: { op: 'stopJob' } },
      ),
    }
    const [table] = buildStateTables(createBundle({ jobs }))
    expect(table?.ends).toBe(false)
    expect(table?.operations.map(({ roles, operationId }) => `${roles} ${operationId}`)).toEqual([
      'create createA',
      'create createB',
      'get,list getJob',
      'cancel stopJob',
    ])
  })

  test('a spec without jobs has no tables', () => {
    expect(buildStateTables(createBundle())).toEqual([])
  })

  test.each(services)('every state of %s has a meaning to show', service => {
    const tables = buildStateTables(readBundle(service))
    expect(tables).toHaveLength(Object.keys(readBundle(service)['x-jobs'] ?? {}).length)
    expect(tables.flatMap(table => table.rows).filter(row => !row.meaning)).toEqual([])
  })
})

test('buildStateOverview lines the kinds of all services up by state, and leaves unused states out', () => {
  const map = buildStateOverview({
    a: createBundle({
      title: 'A service (A)',
      jobs: { x: createJobKind({ go: 'running', run: 'running', end: 'succeeded' }) },
    }),
    b: createBundle({ title: 'B jobs', jobs: { y: createJobKind({ 8: 'running', 10: 'failed' }) } }),
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
