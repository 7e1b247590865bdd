import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The first TypeScript of a README, which is the one that people copy. */
const example = (readme: string): string | undefined => /```ts\n([\s\S]*?)```/.exec(readme)?.[1]

// It runs as a test of its own, and is type-checked like one.
test('the example of the README of the mock is examples/mock.test.ts', () => {
  expect(example(text('../../mock/README.md'))).toBe(text('../examples/mock.test.ts'))
})
