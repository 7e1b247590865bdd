import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { findDeepestPropertyIn } from '../scripts/score/deepest-property.ts'
import { operationProblems } from '../scripts/score/operation-problems.ts'
import { scoreOf } from '../scripts/score/report.ts'
import { at, type Json, type JsonObject, object, operationsOf, specs } from './spec.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jobscope-score-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Scores a copy of the DLI bundle in which one operation was changed. */
function problemsAfter(change: (operation: Editable) => void) {
  const spec = structuredClone(specs.find(({ service }) => service === 'dli')?.spec) as JsonObject
  const getBatch = operationsOf(spec).find(({ id }) => id === 'getBatch')
  change(object(at(spec, getBatch?.pointer ?? '')) as Editable)
  const file = join(folder, 'dli.json')
  writeFileSync(file, JSON.stringify(spec))
  return operationProblems(scoreOf(file, root), findDeepestPropertyIn(spec))
}

// biome-ignore lint/suspicious/noExplicitAny: the tests edit the spec freely.
type Editable = any

const mediaOf = (operation: Editable) => {
  operation.responses = { '200': operation.responses['200'] }
  return Object.values(operation.responses['200'].content as Editable) as Editable[]
}

const nested = (depth: number): Json => ({
  type: 'object',
  properties: { [`level${depth}`]: depth === 0 ? { type: 'string' } : nested(depth - 1) },
})

test('a problem names an operation without examples and the examples to add', () => {
  const lines = problemsAfter(operation => {
    for (const media of mediaOf(operation)) {
      media.examples = undefined
      media.schema = { type: 'string', description: 'A text.' }
    }
  })
  expect(lines).toEqual(['getBatch: exampleCoverage is 0, the minimum is 1. Add an example of a response.'])
})

test('if an operation has no descriptions and no limits, the problems name the operation and what is missing', () => {
  const lines = problemsAfter(operation => {
    for (const media of mediaOf(operation)) media.schema = nested(2)
  })
  expect(lines).toEqual([
    expect.stringMatching(/^getBatch: documentationQuality is .*Describe 0 parameters and 3 properties\.$/),
    expect.stringMatching(/^getBatch: constraintClarity is 0,.*Only 0 constraints on 3 properties: add lengths/),
  ])
})

test('if an operation has a deep schema, a problem names the operation and the property to simplify', () => {
  const lines = problemsAfter(operation => {
    operation.responses['200'].content['application/json'].schema = nested(9)
    operation.parameters = Array.from({ length: 12 }, (_, index) => ({
      name: `p${index}`,
      in: 'query',
      schema: { type: 'string' },
    }))
  })
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^getBatch: the score is .*The response schema has depth 10: simplify level9\.level8\..*level0\. 1[0-9] parameters/,
    ),
  )
})
