import { expect, test } from 'vitest'
import { FaultError } from './fault-rule.ts'
import { parseFaultRules } from './parse-fault-rules.ts'

const targets = new Set(['docs', 'getDocument'])
const parse = (input: unknown) => parseFaultRules(input, targets)

test.each([
  [
    { fault: 'error', rate: 1 },
    { fault: 'error', rate: 0 },
  ],
  [
    { fault: 'error', rate: 0.001 },
    { fault: 'error', rate: 1.001 },
  ],
  [
    { fault: 'error', after: 0 },
    { fault: 'error', after: -1 },
  ],
  [
    { fault: 'error', after: 999_999_999 },
    { fault: 'error', after: 1_000_000_000 },
  ],
  [
    { fault: 'error', burst: 1 },
    { fault: 'error', burst: 0 },
  ],
  [
    { fault: 'error', times: 1 },
    { fault: 'error', times: 0 },
  ],
  [
    { fault: 'error', times: 7 },
    { fault: 'error', times: 1.5 },
  ],
  [
    { fault: 'error', times: 7 },
    { fault: 'error', times: '7' },
  ],
  [
    { fault: 'error', status: 500 },
    { fault: 'error', status: 499 },
  ],
  [
    { fault: 'error', status: 599 },
    { fault: 'error', status: 600 },
  ],
  [
    { fault: 'throttle', retryAfter: 0 },
    { fault: 'throttle', retryAfter: -1 },
  ],
  [
    { fault: 'throttle', retryAfter: 1 },
    { fault: 'throttle', retryAfter: 0.5 },
  ],
  [
    { fault: 'slow-body', ms: 0 },
    { fault: 'slow-body', ms: -1 },
  ],
  [
    { fault: 'slow-headers', ms: 86_400_000 },
    { fault: 'slow-headers', ms: 86_400_001 },
  ],
  [
    { fault: 'any', ms: 5 },
    { fault: 'stall', ms: 5 },
  ],
  [
    { fault: 'error', status: 500 },
    { fault: 'throttle', status: 500 },
  ],
  [
    { fault: 'throttle', retryAfter: 5 },
    { fault: 'error', retryAfter: 5 },
  ],
  [
    { fault: 'error', on: ['docs', 'getDocument'] },
    { fault: 'error', on: ['docs', 'docs', 'docs'] },
  ],
  [
    { fault: 'error', on: 'docs' },
    { fault: 'error', on: 7 },
  ],
  [
    { fault: 'error', times: undefined },
    { fault: 'error', times: null },
  ],
])('accepts the rule %j, and rejects %j', (valid, invalid) => {
  expect(parse([valid])).toEqual([valid])
  expect(() => parse([invalid])).toThrow(FaultError)
})

test.each([null, undefined, 7, {}, [null], [[]], ['error']])('rejects the rules %j', input => {
  expect(() => parse(input)).toThrow(FaultError)
})

test('reads rules from a text with spaces and empty parts', () => {
  expect(parse(' throttle , ,docs:error=0.5,getDocument:any, ')).toEqual([
    { fault: 'throttle' },
    { fault: 'error', on: 'docs', rate: 0.5 },
    { fault: 'any', on: 'getDocument' },
  ])
  expect(parse('')).toEqual([])
})

test('the error of an unknown target without a similar name has an example', () => {
  expect(() => parse('zzz:error')).toThrow('"zzz". Write a service such as dli or an operation such as getBatch.')
})

test('the error of an unknown field lists all fields', () => {
  expect(() => parse([{ fault: 'error', zzz: 1 }])).toThrow(
    'Unknown field "zzz" of a fault. Fields: fault, on, rate, after, burst, times, status, retryAfter, ms.',
  )
})

test('accepts 100 rules, and rejects more', () => {
  const createRules = (count: number) => Array.from({ length: count }, () => ({ fault: 'error' }))
  expect(parse(createRules(100))).toHaveLength(100)
  expect(() => parse(createRules(101))).toThrow('There are 101 faults. Send at most 100.')
})
