import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import spectralCore from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import { describe, expect, test } from 'vitest'
import { redocly } from '../scripts/redocly.ts'
import { specs } from './spec.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Of 100, what `redocly score` gives each service at least. */
const bar = 90
/** Of 1, its marks for what is ours to choose. The others tell how large an API is. */
const bars = { documentationQuality: 0.98, exampleCoverage: 0.98, errorClarity: 0.98, constraintClarity: 0.75 }

interface Score {
  readonly agentReadiness: number
  readonly subscores: { readonly [name: string]: number }
}

const spectral = new spectralCore.Spectral()
spectral.setRuleset({ extends: [[rulesets.oas as never, 'recommended']] })
const errorsOf = async (spec: object) => {
  const found = await spectral.run({ ...spec })
  return found.filter(({ severity }) => severity === 0).map(({ code, path }) => `${code} at ${path.join('.')}`)
}

describe.each(specs)('$service', ({ service, spec }) => {
  test('is documented, has examples, errors and limits, as redocly score counts them', () => {
    const report = JSON.parse(redocly(['score', service, '--format', 'json'], root)) as Score
    expect(report.agentReadiness).toBeGreaterThanOrEqual(bar)
    const marks = Object.entries(bars).map(([name, least]) => ({ name, mark: report.subscores[name] ?? 0, least }))
    const low = marks.filter(({ mark, least }) => !(mark >= least))
    expect(low.map(({ name, mark, least }) => `${name}: ${mark}, should be ${least}`)).toEqual([])
  })

  test('Spectral finds no error in the bundle', async () => {
    expect(await errorsOf(spec)).toEqual([])
  })

  test('files are small: half of them below 2 kB, none above 15', () => {
    const sizes = filesIn(join(root, service)).map(path => ({ path, bytes: statSync(path).size }))
    const inOrder = sizes.toSorted((a, b) => a.bytes - b.bytes)
    expect(inOrder[Math.floor(inOrder.length / 2)]?.bytes).toBeLessThan(2000)
    expect(inOrder.filter(({ bytes }) => bytes > 15_000)).toEqual([])
  })
})

test('Spectral finds an error where there is one', async () => {
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
