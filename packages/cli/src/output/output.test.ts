import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { isEmpty } from './empty-result.ts'
import { createOutput, type OutputFlags } from './output.ts'
import { parseOutputFormat } from './output-format.ts'

async function print(flags: OutputFlags, values: readonly unknown[], isList = false): Promise<string> {
  const terminal = fakeTerminal()
  const output = await createOutput(flags, terminal, { isList })
  for (const value of values) await output.write(value)
  await output.end()
  return terminal.output
}

test.each([
  [{ ref: 'cs:job:1', name: 'n', id: '1' }, 'cs:job:1'],
  [{ rawState: 'dead', kind: 'dli:batch', name: 'n' }, 'dead'],
  [{ kind: 'dli:batch', name: 'n' }, 'dli:batch'],
  [{ operation: 'getBatch', kind: 'dli:batch' }, 'getBatch'],
  [{ name: 'two\nlines', id: '1' }, 'two lines'],
  [{ source: 'task', text: 'line' }, 'task'],
  [{ text: 'line', id: '1' }, 'line'],
  [{ ref: 7, id: '1' }, '1'],
  [{ ref: 'cs:job:1', job: { ref: 'cs:job:2' } }, 'cs:job:2'],
])('-o name prints the name of %j: %s', async (value, name) => {
  expect(await print({ output: 'name' }, [value])).toBe(`${name}\n`)
})

test('-o name prints a result that has no name as JSON', async () => {
  expect(JSON.parse(await print({ output: 'name' }, [{ count: 7 }]))).toEqual({ count: 7 })
})

test('a query prints texts without quotes, and one line for each item of an array', async () => {
  const values = [{ name: 'a\nb', key: ['x', 7, null] }]
  expect(await print({ query: 'name' }, values)).toBe('a b\n')
  expect(await print({ query: 'key' }, values)).toBe('x\n7\nnull\n')
})

test('a query applies to each result, or to an array of all results of a list', async () => {
  const values = [{ name: 'a' }, { name: 'b' }]
  expect(await print({ query: 'name' }, values)).toBe('a\nb\n')
  expect(await print({ query: 'length(@)' }, values, true)).toBe('2\n')
  expect(await print({ query: '[].name' }, values, true)).toBe('a\nb\n')
})

test('prints the note about an expression that selects nothing only once', async () => {
  const text = await print({ query: 'nmae' }, [{ name: 'a' }, { name: 'b' }])
  expect(text.split('selects nothing')).toHaveLength(2)
})

test.each<[OutputFlags, isText: boolean, isWide: boolean]>([
  [{}, true, false],
  [{ output: 'wide' }, true, true],
  [{ output: 'json' }, false, false],
  [{ output: 'yaml' }, false, false],
  [{ output: 'name' }, false, false],
  [{ query: 'name' }, false, false],
  [{ output: 'wide', query: 'name' }, false, true],
  [{ output: 'jsonpath={.name}' }, false, false],
])('the output with %j is for people: %s', async (flags, isText, isWide) => {
  expect(await createOutput(flags, fakeTerminal())).toMatchObject({ isText, isWide })
})

test.each([
  [null, true],
  [undefined, true],
  [[], true],
  [{}, true],
  [[null, [], {}], true],
  [{ a: null, b: [undefined] }, true],
  [[null, 0], false],
  [0, false],
  [false, false],
  ['', false],
])('the result %j is empty: %s', (result, expected) => {
  expect(isEmpty(result)).toBe(expected)
})

test('the format jsonpath needs an expression, and the error of an unknown format lists the formats', () => {
  expect(parseOutputFormat('jsonpath={.name}')).toBe('jsonpath={.name}')
  expect(parseOutputFormat('wide')).toBe('wide')
  expect(parseOutputFormat('jsonpath=')).toHaveProperty('problem')
  expect(parseOutputFormat('x-jsonpath=a')).toHaveProperty('problem')
  expect(parseOutputFormat('jason')).toEqual({ problem: 'Unknown format "jason". Did you mean json?' })
  expect(parseOutputFormat('table')).toEqual({
    problem: 'Unknown format "table". Expected one of: json, yaml, wide, name, jsonpath=<expression>.',
  })
})
