import { describe, expect, test } from 'vitest'
import { readBundle, services } from './bundle.ts'
import { buildStateOverview } from './state-overview.ts'
import { buildStateTables } from './state-table.ts'
import { createBundle, createJobKind } from './test-bundle.ts'

describe('buildStateTables', () => {
  test('reads the states with their rules', () => {
    const jobs = {
      job: createJobKind({
        run: { is: 'running' },
        dead: { is: 'failed', description: 'Gone.', settle: 60, inferred: true },
        idle: { is: 'unknown', stable: true },
      }),
    }
    expect(buildStateTables(createBundle({ jobs }))[0]?.rows).toEqual([
      { rawState: 'run', state: 'running', terminal: false, meaning: '', stable: false, inferred: false },
      {
        rawState: 'dead',
        state: 'failed',
        terminal: true,
        meaning: 'Gone.',
        settle: 60,
        stable: false,
        inferred: true,
      },
      { rawState: 'idle', state: 'unknown', terminal: false, meaning: '', stable: true, inferred: false },
    ])
  })

  test('shows whether jobs end by themselves, and lists the operations with their roles', () => {
    const jobs = {
      job: createJobKind(
        {},
        {
          endsByItself: false,
          operations: {
            get: { operation: 'getJob', at: '' },
            list: { operation: 'getJob', at: '' },
            create: [
              { operation: 'createA', at: '' },
              { operation: 'createB', at: '' },
            ],
            cancel: [{ operation: 'stopJob' }],
          },
        },
      ),
    }
    const [table] = buildStateTables(createBundle({ jobs }))
    expect(table?.endsByItself).toBe(false)
    expect(table?.operations.map(({ roles, operationId }) => `${roles} ${operationId}`)).toEqual([
      'create createA',
      'create createB',
      'get,list getJob',
      'cancel stopJob',
    ])
  })

  test('returns no tables for a spec without job kinds', () => {
    expect(buildStateTables(createBundle())).toEqual([])
  })

  test.each(services)('every state of %s has a description', service => {
    const tables = buildStateTables(readBundle(service))
    expect(tables).toHaveLength(Object.keys(readBundle(service)['x-jobs'] ?? {}).length)
    expect(tables.flatMap(table => table.rows).filter(row => !row.meaning)).toEqual([])
  })
})

test('buildStateOverview groups the values of all kinds by state and leaves out unused states', () => {
  const map = buildStateOverview({
    a: createBundle({
      title: 'A service (A)',
      jobs: { x: createJobKind({ go: { is: 'running' }, run: { is: 'running' }, end: { is: 'succeeded' } }) },
    }),
    b: createBundle({
      title: 'B jobs',
      jobs: { y: createJobKind({ 8: { is: 'running' }, 10: { is: 'failed' } }) },
    }),
  })
  expect(map.kinds.map(({ service, api, kind }) => [service, api, kind])).toEqual([
    ['a', 'A', 'x'],
    ['b', 'B', 'y'],
  ])
  expect(map.rows).toEqual([
    { state: 'running', values: [['go', 'run'], ['8']] },
    { state: 'succeeded', values: [['end'], []] },
    { state: 'failed', values: [[], ['10']] },
  ])
})
