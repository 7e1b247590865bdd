import { expect, test } from 'vitest'
import { check } from '../src/check.ts'
import { extract } from '../src/extract.ts'
import { findFiles } from '../src/files.ts'

/** A phrase that the check finds. It is joined from single words, so that the check does not find it in this file. */
const phrase = ['is', 'no', 'ref'].join(' ')

const planted = {
  'README.md': `# Title\n\nThe text "x" ${phrase}.\n`,
  'docs/page.mdx': `- An item that\n  ${phrase.replace(' ', '\n  ')} at all\n`,
  'src/comment.ts': `/**\n * The first sentence.\n * It ${phrase.replace(' no', '\n * no')}.\n */\nexport const a = 1\n`,
  'src/message.ts': `throw new Error(\`"\${1}" ${phrase}\`)\n`,
  'src/title.test.ts': `test('rejects what ${phrase}', () => {})\n`,
  'dli/openapi.yaml': `info:\n  description: >-\n    A text that\n    ${phrase}.\n`,
}

const checkFiles = (files: { readonly [file: string]: string }) =>
  check(new Map(Object.entries(files).map(([file, source]) => [file, extract(file, source)])))

test('finds a planted phrase in a document, a comment, a message, a test title and a description', async () => {
  const found = await checkFiles(planted)
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'README.md:3',
    'dli/openapi.yaml:4',
    'docs/page.mdx:2',
    'src/comment.ts:3',
    'src/message.ts:1',
    'src/title.test.ts:1',
  ])
  for (const { message } of found) expect(message).toContain(phrase)
})

test('finds words that are misspelled, and British spelling', async () => {
  const found = await checkFiles({ 'a.ts': `// The ${['be', 'haviour'].join('')} of a ${['cli', 'net'].join('')}.\n` })
  expect(found.map(({ line, message }) => [line, /\(?(\w+(haviour|net))\b/.exec(message)?.[1]])).toEqual(
    expect.arrayContaining([
      [1, ['be', 'haviour'].join('')],
      [1, ['cli', 'net'].join('')],
    ]),
  )
})

test('finds personification if the subject is a noun, a pronoun or a relative pronoun', async () => {
  const [know, tell, see] = [['kn', 'ows'].join(''), ['te', 'lls'].join(''), ['se', 'es'].join('')]
  const found = await checkFiles({
    'a.md': `The sender ${know} the host.\n\nIt ${know} the host.\n\nA value that ${tell} which.\n\nThe mock ${see} the job.\n`,
  })
  expect(found.map(({ line }) => line)).toEqual([1, 3, 5, 7])
})

test('accepts plain English', async () => {
  expect(
    await checkFiles({
      'a.ts': '// The client retries GET requests.\n',
      'b.md': 'Users of the client can see the state.\n',
    }),
  ).toEqual([])
})

test('checks hand-written files, but no generated files', () => {
  const files = findFiles(new URL('../../../', import.meta.url).pathname)
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'tools/prose/src/check.ts', 'specs/dli/GAPS.md', '.ci/run']),
  )
  expect(files.filter(file => /node_modules|src\/generated|dist\//.test(file))).toEqual([])
})
