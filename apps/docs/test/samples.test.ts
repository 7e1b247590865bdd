import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prints } from '../src/lib/snippet.ts'
import type { Setting, Stage } from '../src/lib/stage.ts'
import { perform } from './stage.ts'

interface Sample {
  readonly default: (stage: Stage) => unknown
  readonly setting?: Setting
}
const modules = import.meta.glob<Sample>('../src/samples/**/*.ts')
const sources = import.meta.glob<string>('../src/samples/**/*.ts', { query: '?raw', import: 'default', eager: true })
const samples = Object.entries(sources).map(([path, source]) => ({
  path,
  name: path.replace(/^.*\/samples\/|\.ts$/g, ''),
  source,
}))

test.each(samples)('the sample $name runs, and prints what it says', async ({ path, source }) => {
  const sample = await modules[path]?.()
  expect(sample?.default).toBeTypeOf('function')
  const printed = await perform(sample?.default as Sample['default'], sample?.setting)
  const said = prints(source)
  if (said !== undefined) expect(printed).toBe(said)
})

test('every sample is on a page', () => {
  const src = new URL('../src/', import.meta.url)
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => /\.(mdx|astro)$/.test(file))
  const pages = files.map(file => readFileSync(new URL(file, src), 'utf8')).join('\n')
  const unused = samples.filter(
    ({ name }) => !pages.includes(`of="${name}"`) && !pages.includes(`/samples/${name}.ts?raw`),
  )
  expect(unused.map(({ name }) => name)).toEqual([])
})
