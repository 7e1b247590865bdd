import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorClasses, getSlug } from '../src/lib/error-classes.ts'
import type { SampleContext, SampleSetup } from '../src/lib/sample-context.ts'
import { extractSnippet, readExpectedOutput } from '../src/lib/snippet.ts'
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

test('a sample that shows its output also shows the code that prints it', () => {
  const wrong = samples.filter(
    ({ source }) =>
      readExpectedOutput(source) !== undefined && !/\b(console\.\w+|print)\(/.test(extractSnippet(source)),
  )
  expect(wrong.map(({ name }) => name)).toEqual([])
})

test.each(listShownCjsFiles())('sample $name is valid CommonJS', async ({ snippet }) => {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-cjs-'))
  try {
    const file = join(folder, 'sample.cjs')
    await writeFile(file, snippet)
    execFileSync(process.execPath, ['--check', file], { stdio: 'pipe' })
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** Returns the samples that pages show with the name of a `.cjs` file. */
function listShownCjsFiles() {
  const pages = import.meta.glob<string>('../src/content/docs/*.mdx', { query: '?raw', import: 'default', eager: true })
  const shown = Object.values(pages).flatMap(page => [
    ...page.matchAll(/<Sample of="([^"]+)"(?: part="([^"]+)")? title="[^"]+\.cjs"/g),
  ])
  return shown.map(([, name = '', part]) => {
    const sample = samples.find(each => each.name === name)
    return { name, snippet: extractSnippet(sample?.source ?? '', part) }
  })
}
