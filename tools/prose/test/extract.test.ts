import { expect, test } from 'vitest'
import { extract } from '../src/extract.ts'

const textsOf = (path: string, source: string): string[] =>
  extract(path, source).map(({ line, text }) => `${line}: ${text.replaceAll('\n', '/')}`)

test('reads comments, test titles and messages of code, and the lines on which they start', () => {
  const source = [
    '/**',
    ' * Retries a request. See',
    ' * [the guide](https://example.com).',
    ' *',
    ' * @param delay Time between two attempts.',
    ' */',
    'export function retry(delay: number) {',
    '  // One comment may',
    '  // have two lines.',
    "  if (delay < 0) throw new Error('The delay is negative.')",
    '  // biome-ignore lint/style/useConst: The reason stays.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: This string contains the source code of a template literal.
    '  return `Waits for ${delay} milliseconds.`',
    '}',
    "test('retries a GET after a 503', () => {})",
    "const path = './one two.ts'",
    "const kind = 'batch'",
  ].join('\n')
  expect(textsOf('a.ts', source)).toEqual([
    '2: Retries a request. See/the guide.',
    '5: delay Time between two attempts.',
    '8: One comment may/have two lines.',
    '11: The reason stays.',
    '10: The delay is negative.',
    '12: Waits for … milliseconds.',
    '14: retries a GET after a 503',
  ])
})

test('reads sentences of template literals, but no code', () => {
  const source = [
    'const program = `',
    "import Heading from './Heading.astro'",
    'const isEmpty = entries.length === 0',
    'The response has no body.',
    "showError(new Error('The mock does not respond.'))",
    "getBound(items, 'minimum'),",
    'isEmpty && items.length > 0',
    ') : <Section title={name} level={2}>`',
  ].join('\n')
  expect(textsOf('a.ts', source)).toEqual([
    '4: The response has no body.',
    "5: showError(new Error('The mock does not respond.'))",
  ])
})

test('reads a comment completely if it mentions a tag in a sentence', () => {
  expect(textsOf('a.ts', '/** The code of an `@example` is not prose. */\n')).toEqual([
    '1: The code of an `@example` is not prose.',
  ])
  const source = '/**\n * Sends a request.\n *\n * @example\n * const job = await send(request)\n */\n'
  expect(textsOf('a.ts', source)).toEqual(['2: Sends a request.'])
})

test('reads paragraphs, headings, list items and cells of Markdown, and the comments of its code blocks', () => {
  const source = [
    '---',
    'title: The title',
    '---',
    '# A heading',
    'A paragraph on **two',
    'lines** with `code`.',
    '- An item',
    '  that goes on',
    '',
    '| a cell | another |',
    '| ------ | ------- |',
    '```ts',
    'const a = 1 // A comment in a block.',
    '```',
    '```sh',
    'pnpm test # runs everything',
    '```',
  ].join('\n')
  expect(textsOf('a.mdx', source)).toEqual([
    '2: The title',
    '4: A heading',
    '5: A paragraph on two/lines with `code`.',
    '7: An item/that goes on',
    '10: a cell',
    '10: another',
    '13: A comment in a block.',
    '16: runs everything',
  ])
})

test('reads comments and descriptions of YAML and JSON, but no data', () => {
  const source = [
    '# A comment on',
    '# two lines.',
    'summary: Get a batch',
    'description: |',
    '  The first line.',
    '',
    '  The second paragraph.',
    'example: Some data here',
    'x-provenance:',
    "  page: The vendor's title",
    'items: { description: "One in braces." }',
  ].join('\n')
  expect(textsOf('a.yaml', source)).toEqual([
    '1: A comment on/two lines.',
    '3: Get a batch',
    '5: The first line.',
    '7: The second paragraph.',
    '11: One in braces.',
  ])
  expect(textsOf('package.json', '{\n  "description": "Typed clients",\n  "name": "x"\n}')).toEqual([
    '2: Typed clients',
  ])
})

test('reads the script, the text and the attributes of an Astro component', () => {
  const source = [
    '---',
    '// Why it is needed.',
    "const label = 'All the jobs'",
    '---',
    '<p class="one two" title="A tool tip">Some text {label} here</p>',
    "{jobs.length === 0 ? 'No jobs yet' : null}",
    '<script>',
    "  alert('Something went wrong')",
    '</script>',
  ].join('\n')
  expect(textsOf('a.astro', source)).toEqual([
    '2: Why it is needed.',
    '3: All the jobs',
    '8: Something went wrong',
    '5: Some text   here',
    '5: one two',
    '5: A tool tip',
    '6: No jobs yet',
  ])
})
