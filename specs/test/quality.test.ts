import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import spectralCore from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import { describe, expect, test } from 'vitest'
import { findDeepestPropertyIn } from '../scripts/score/deepest-property.ts'
import { operationProblems } from '../scripts/score/operation-problems.ts'
import { scoreOf } from '../scripts/score/report.ts'
import { specs } from './spec.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const spectral = new spectralCore.Spectral()
spectral.setRuleset({ extends: [[rulesets.oas as never, 'recommended']] })
const errorsOf = async (spec: object) => {
  const found = await spectral.run({ ...spec })
  return found.filter(({ severity }) => severity === 0).map(({ code, path }) => `${code} at ${path.join('.')}`)
}

describe.each(specs)('$service', ({ service, spec }) => {
  test('redocly score finds descriptions, examples, errors and limits for every operation', () => {
    expect(operationProblems(scoreOf(service, root), findDeepestPropertyIn(spec))).toEqual([])
  })

  test('Spectral finds no error in the bundle', async () => {
    expect(await errorsOf(spec)).toEqual([])
  })

  test('the median file size is below 2 kB, and no file is above 15 kB', () => {
    const sizes = filesIn(join(root, service)).map(path => ({ path, bytes: statSync(path).size }))
    const inOrder = sizes.toSorted((a, b) => a.bytes - b.bytes)
    expect(inOrder[Math.floor(inOrder.length / 2)]?.bytes).toBeLessThan(2000)
    expect(inOrder.filter(({ bytes }) => bytes > 15_000)).toEqual([])
  })
})

test('Spectral reports an error in an invalid spec', async () => {
  const spec = JSON.parse(readFileSync(join(root, 'dist/dli.json'), 'utf8'))
  delete spec.info
  expect(await errorsOf(spec)).toEqual([expect.stringContaining('oas3-schema')])
})

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.flatMap(entry =>
    entry.isFile() && entry.name.endsWith('.yaml') ? [join(entry.parentPath, entry.name)] : [],
  )
}
