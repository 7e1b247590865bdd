import { expect, test } from 'vitest'
import { describeEmptyResult } from './empty-result.ts'

const jobs = [
  { key: 'k', name: 'nightly', state: 'failed' },
  { key: 'l', reason: 'no memory' },
]
const [job] = jobs

test.each([
  ['names an unknown field', { query: 'nosuch' }, jobs, "--query '[].name'"],
  ['names an unknown field', { output: 'jsonpath={.nosuch}' }, jobs, "-o 'jsonpath={[*].name}'"],
  ['names an unknown field of jobs without a name', { query: 'nosuch' }, [{ key: 'k', id: '1' }], "--query '[].key'"],
  ['expects a list, but the value is one object', { output: 'jsonpath={.items[*].key}' }, job, "-o 'jsonpath={.key}'"],
  ['expects a list, but the value is one object', { query: '$.items.nosuch' }, job, "--query 'name'"],
])('if an expression %s, the example fits the value and uses one of its fields', (_, given, value, example) => {
  expect(describeEmptyResult(given, value)).toContain(`use, for example, ${example}.`)
})

test('the message says whether the value is an array or one object, and how many results there are', () => {
  expect(describeEmptyResult({ query: 'nosuch' }, jobs)).toContain(
    ' selects nothing of the 2 results. The value is an array:',
  )
  expect(describeEmptyResult({ query: 'nosuch' }, [job])).toContain(' selects nothing of the 1 result. ')
  expect(describeEmptyResult({ query: 'items' }, job)).toContain(' selects nothing of the result. ')
  expect(describeEmptyResult({ output: 'jsonpath={.items[*].key}' }, job)).toContain(' The value is one object: ')
})

test.each([
  '[].nosuch',
  '[*].nosuch',
  "[?state=='x'].name",
  '..nosuch',
  '$[*].nosuch',
  '{.items[*].nosuch}',
  '{ [0].nosuch',
])('suggests no example for an expression that already has the form for an array: %s', expression => {
  expect(describeEmptyResult({ output: `jsonpath=${expression}` }, jobs)).not.toContain('for example')
})

test('lists the fields of all results once, and suggests a similar one', () => {
  const text = describeEmptyResult({ query: '[].nmae' }, jobs)
  expect(text).toMatch(/ Did you mean name\? Fields: key, name, state, reason\.$/)
})

test('suggests nothing for a known field', () => {
  expect(describeEmptyResult({ query: 'name' }, jobs)).not.toContain('Did you mean')
})

test('prints no note for an empty field of one object', () => {
  expect(describeEmptyResult({ query: 'reason' }, { name: 'a', reason: undefined })).toBeUndefined()
  expect(describeEmptyResult({ output: 'jsonpath={.reason}' }, { name: 'a', reason: undefined })).toBeUndefined()
})

test.each([[[]], [null], [['a', 1, null]], ['text']])('returns no message for a value without fields: %j', value => {
  expect(describeEmptyResult({ query: 'name' }, value)).toBeUndefined()
})
