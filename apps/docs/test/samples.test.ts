import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorClasses, getSlug } from '../src/lib/error-classes.ts'
import type { SampleContext, SampleSetup } from '../src/lib/sample-context.ts'
import { readExpectedOutput } from '../src/lib/snippet.ts'
import { runSample } from './run-sample.ts'

interface Sample {
  readonly default: (context: SampleContext) => unknown
  readonly setup?: SampleSetup
}
const modules = import.meta.glob<Sample>('../src/samples/**/*.ts')
const sources = import.meta.glob<string>('../src/samples/**/*.ts', { query: '?raw', import: 'default', eager: true })
const samples = Object.entries(sources).map(([path, source]) => ({
  path,
  name: path.replace(/^.*\/samples\/|\.ts$/g, ''),
  source,
}))

test.each(samples)('sample $name runs and prints its declared output', async ({ path, source }) => {
  const sample = await modules[path]?.()
  expect(sample?.default).toBeTypeOf('function')
  const printed = await runSample(sample?.default as Sample['default'], sample?.setup)
  const expected = readExpectedOutput(source)
  if (expected !== undefined) expect(printed).toBe(expected)
})

test('every sample is shown on a page', () => {
  const errorSamples = errorClasses.map(each => `error-classes/${getSlug(each)}`)
  const src = new URL('../src/', import.meta.url)
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => /\.(mdx|astro)$/.test(file))
  const pages = files.map(file => readFileSync(new URL(file, src), 'utf8')).join('\n')
  const unused = samples.filter(
    ({ name }) =>
      !pages.includes(`of="${name}"`) && !pages.includes(`/samples/${name}.ts?raw`) && !errorSamples.includes(name),
  )
  expect(unused.map(({ name }) => name)).toEqual([])
})
