import { expect, test } from 'vitest'
import { buildErrorTables } from './error-table.ts'
import { createBundle } from './test-bundle.ts'

const errors = (kinds: Record<string, string[]>) => ({ code: ['/error_code'], message: ['/error_msg'], kinds })

test('lists a code that all services have only once, in the table of the gateway', () => {
  const tables = buildErrorTables({
    a: createBundle({ errors: errors({ auth: ['A.1', 'APIG.1'], quota: ['APIG.9'] }) }),
    b: createBundle({ errors: { ...errors({ auth: ['APIG.1'], quota: ['APIG.9'] }), failure: { at: '/error_id' } } }),
  })
  expect(tables.gateway).toEqual([
    { kind: 'auth', codes: ['APIG.1'] },
    { kind: 'quota', codes: ['APIG.9'] },
  ])
  expect(tables.services['a']?.kinds).toEqual([{ kind: 'auth', codes: ['A.1'] }])
  expect(tables.services['b']).toEqual({
    kinds: [],
    failure: { at: '/error_id' },
    code: ['/error_code'],
    message: ['/error_msg'],
    requestId: [],
  })
})

test('the table of the gateway is empty if there is only one service', () => {
  const tables = buildErrorTables({ a: createBundle({ errors: errors({ auth: ['A.1', 'APIG.1'] }) }) })
  expect(tables.gateway).toEqual([])
  expect(tables.services['a']?.kinds).toEqual([{ kind: 'auth', codes: ['A.1', 'APIG.1'] }])
})
