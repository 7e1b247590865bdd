import { expect, test } from 'vitest'
import { buildModule } from '../src/build-module.ts'
import { extractExamples } from '../src/extract-examples.ts'

const source = `
/**
 * Reads a job.
 *
 * @example
 * const { state } = await read(token('t'))
 * if (state) {
 *   console.log(state)
 * }
 * @throws Error
 */
export declare function read(): void

export interface Args {
  /** @example 7 */
  size?: number
  /**
   * Name.
   * @example 'etl'
   */
  name?: string
}
`

test('extracts the code up to the next tag as an example, and ignores the example values of fields', () => {
  expect(extractExamples(source)).toEqual([
    { line: 6, code: ["const { state } = await read(token('t'))", 'if (state) {', '  console.log(state)', '}'] },
  ])
})

test('a module imports the names that an example uses but does not declare', () => {
  const [example] = extractExamples(source)
  const exported = new Map([
    ['read', '@jobscope/core'],
    ['token', '@jobscope/core'],
    ['state', '@jobscope/core'],
  ])
  expect(example && buildModule(example, exported).split('\n')[0]).toBe(
    "import { read } from '@jobscope/core'; import { token } from '@jobscope/core';",
  )
})
