import { expect, test } from 'vitest'
import { fakeTerminal } from '../test/fake-terminal.ts'
import { readInputFile } from './input-file.ts'

const read = (text: string) => readInputFile('-', { ...fakeTerminal(), read: async () => text })

/** A small YAML text that expands to over 300 million values, because each line contains nine aliases of the previous line. */
const aliasBomb = [...'bcdefghi'].reduce(
  (text, name, index) => `${text}${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]\n`,
  'a: &a [x, x, x, x, x, x, x, x, x]\n',
)

test.each([
  [
    'aliases that multiply the content',
    aliasBomb,
    'The aliases repeat too much content. Write the content without aliases.',
  ],
  ['an alias of its parent', 'conf: &conf\n  self: *conf\n', 'An alias refers to a value that contains the alias.'],
  ['an unknown alias', 'file: *nope\n', 'Unresolved alias (the anchor must be set before the alias): nope'],
  [
    'a deeply nested flow list',
    `a: ${'['.repeat(200_000)}`,
    'standard input:1:104: Invalid JSON or YAML: The content is nested more than 100 levels deep.',
  ],
  ['a deeply nested block list', '- '.repeat(200_000), 'The content is nested more than 100 levels deep.'],
  ['a repeated key', 'conf:\n  a: 1\n  a: 2\n', 'standard input:3:3: Invalid JSON or YAML: Map keys must be unique'],
  ['several documents', 'a: 1\n---\nb: 1\n', 'The text contains several documents.'],
])('reports %s as a usage error', async (_, text, message) => {
  await expect(read(text)).rejects.toMatchObject({ name: 'UsageError', message: expect.stringContaining(message) })
})

test('reports a usage error if standard input cannot be read', async () => {
  const terminal = { ...fakeTerminal(), read: () => Promise.reject(new Error('EIO: i/o error')) }
  await expect(readInputFile('-', terminal)).rejects.toMatchObject({
    name: 'UsageError',
    message: 'Cannot read standard input: EIO: i/o error',
  })
})

test('accepts 100 levels of nesting', async () => {
  const { value } = await read(`${'['.repeat(100)}1${']'.repeat(100)}`)
  expect(JSON.stringify(value)).toBe(`${'['.repeat(100)}1${']'.repeat(100)}`)
})

test('accepts a file with few aliases', async () => {
  const { value } = await read('base: &base { a: 1 }\nother: *base\n')
  expect(value).toEqual({ base: { a: 1 }, other: { a: 1 } })
})
