import { expect, test } from 'vitest'
import { appendValue, parseCount, parseDuration, parseNames, parsePort, parseSort, parseStates } from './options.ts'

test('reads names that are separated by commas, and adds them to the names of earlier options', () => {
  expect(parseNames(' a, b,,c ')).toEqual(['a', 'b', 'c'])
  expect(parseNames('c', ['a', 'b'])).toEqual(['a', 'b', 'c'])
  expect(parseNames(',')).toEqual([])
  expect(appendValue('a,b', ['c'])).toEqual(['c', 'a,b'])
  expect(appendValue('a')).toEqual(['a'])
})

test.each([
  ['pending', ' Did you mean queued?'],
  ['WAITING', ' Did you mean queued?'],
  ['active', ' Did you mean running?'],
  ['success', ' Did you mean succeeded?'],
  ['error', ' Did you mean failed?'],
  ['runing', ' Did you mean running?'],
  ['xyz', ' Expected one of: '],
])('the unknown state %s leads to the hint%s', (state, hint) => {
  expect(() => parseStates(`running,${state}`)).toThrow(`Unknown state "${state}".${hint}`)
})

test('reads states, and adds them to the states of earlier options', () => {
  expect(parseStates('failed, queued', ['running'])).toEqual(['running', 'failed', 'queued'])
})

test.each(['1', '9', '10', '999999999'])('the number %s is a valid count', value => {
  expect(parseCount(value)).toBe(Number(value))
})

test.each(['0', '-1', '01', '1.5', '', 'x', '1x', '1000000000'])('the count %j is invalid', value => {
  expect(() => parseCount(value)).toThrow('Expected a number of at least 1.')
})

test.each(['0', '80', '65535'])('the port %s is valid', value => {
  expect(parsePort(value)).toBe(Number(value))
})

test.each(['65536', '-1', '1e3', '', '8080x', '000080'])('the port %j is invalid', value => {
  expect(() => parsePort(value)).toThrow('Expected a port from 0 to 65535.')
})

test.each([
  ['1ms', '1ms'],
  ['30s', '30s'],
  ['5m', '5m'],
  ['2h', '2h'],
  ['1d', '86400s'],
  ['90', '90s'],
])('the duration %s becomes %s', (value, duration) => {
  expect(parseDuration(value)).toBe(duration)
})

test('rejects a duration below 1 ms, and a text that is not a duration', () => {
  expect(parseDuration('36500d')).toBe('3153600000s')
  for (const value of ['36501d', `1${'0'.repeat(300)}d`, `9${'0'.repeat(400)}s`])
    expect(() => parseDuration(value)).toThrow('Expected at most 36500d (100 years).')
  expect(() => parseDuration('0s')).toThrow('Expected at least 1ms.')
  expect(() => parseDuration('0.5ms')).toThrow(/^Expected /)
  expect(() => parseDuration('soon')).toThrow('Expected a duration such as ')
})

test.each(['created', '-created', 'duration', 'name', '-owner'])('the order %s is valid', value => {
  expect(parseSort(value)).toBe(value)
})

test.each([
  ['age', ' Did you mean created?'],
  ['-Date', ' Did you mean created?'],
  ['time', ' Did you mean created?'],
  ['status', ' Did you mean state?'],
  ['-user', ' Did you mean owner?'],
  ['nam', ' Did you mean name?'],
  ['zzzz', ' Expected one of: created, '],
])('the unknown order %s leads to the hint%s', (order, hint) => {
  expect(() => parseSort(order)).toThrow(`Unknown order "${order}".${hint}`)
})
