import { expect, test } from 'vitest'
import { errorTables } from './error-table.ts'
import { bundle } from './fixture.ts'

const errors = (kinds: Record<string, string[]>) => ({ code: ['/error_code'], message: ['/error_msg'], kinds })

test('codes that all services have are the gateway’s and shown once', () => {
  const tables = errorTables({
    a: bundle({ errors: errors({ auth: ['A.1', 'APIG.1'], quota: ['APIG.9'] }) }),
    b: bundle({ errors: { ...errors({ auth: ['APIG.1'], quota: ['APIG.9'] }), failure: { at: '/error_id' } } }),
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

test('with one service, nothing can be told to be shared', () => {
  const tables = errorTables({ a: bundle({ errors: errors({ auth: ['A.1', 'APIG.1'] }) }) })
  expect(tables.gateway).toEqual([])
  expect(tables.services['a']?.kinds).toEqual([{ kind: 'auth', codes: ['A.1', 'APIG.1'] }])
})
