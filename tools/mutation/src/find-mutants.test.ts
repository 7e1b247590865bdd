import { expect, test } from 'vitest'
import { draw } from './draw.ts'
import { findMutants } from './find-mutants.ts'

/** Applies each mutant to the source, and returns the resulting texts. */
const mutateAll = (source: string) =>
  findMutants('example.ts', source).map(
    ({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end),
  )

test.each<[source: string, mutants: string[]]>([
  ['a = b < c', ['a = b <= c', 'a = b >= c']],
  ['a = b === c', ['a = b !== c']],
  ['a = b + c', ['a = b - c']],
  ['a = (b) && c', ['a = (b) || c']],
  ['a = b ?? c', ['a = b && c']],
  ['a += 1', ['a -= 1']],
  ['a++', ['a--']],
  ['a = !b', ['a = b']],
  ['a = true', ['a = false']],
  ["a = 'b'", ["a = ''"]],
  ["a = ''", ["a = 'mutated'"]],
  [`a = \`b\${c}\``, ['a = ``']],
  ['a = [b]', ['a = []']],
  ['if (a) { b() }', ['if (true) { b() }', 'if (false) { b() }', 'if (a) {}']],
  ['a = b ? c : d', ['a = true ? c : d', 'a = false ? c : d']],
  ['a.some(b)', ['a.every(b)']],
  ['a.filter(b).length', ['a.length']],
])('mutates %s', (source, mutants) => {
  expect(mutateAll(source)).toEqual(mutants)
})

test.each([
  "type A = 'b'",
  "import a from 'b'",
  "export * from 'b'",
  "export { a } from 'b'",
  'a = { b: c }',
  "a = 'b' + c",
  'a.toString()',
])('does not mutate names and types: %s', source =>
  expect(mutateAll(source).filter(mutant => !mutant.includes("''"))).toEqual([]),
)

test('draws items without repetition, and the same items for the same seed', () => {
  const items = Array.from({ length: 100 }, (_, index) => index)
  const drawn = draw(items, 40, 7)
  expect(new Set(drawn).size).toBe(40)
  expect(draw(items, 40, 7)).toEqual(drawn)
  expect(draw(items, 40, 8)).not.toEqual(drawn)
  expect(draw(items, 1000, 7).toSorted((a, b) => a - b)).toEqual(items)
})
