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
  ['too deep nesting', '['.repeat(100_000), 'The content is nested too deeply.'],
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

test('accepts a file with few aliases', async () => {
  const { value } = await read('base: &base { a: 1 }\nother: *base\n')
  expect(value).toEqual({ base: { a: 1 }, other: { a: 1 } })
})
