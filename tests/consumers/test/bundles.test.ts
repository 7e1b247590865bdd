import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createConsumer, installed, run } from '../src/consumer.ts'
import { bundledProgram } from '../src/programs.ts'

const consumer = createConsumer()
consumer.write('program.js', bundledProgram)

/** Lines of the table that is printed at the end. */
const sizes: string[] = []
const addSize = (bundler: string, platform: string, text: string) =>
  sizes.push(`${bundler.padEnd(10)}${platform.padEnd(10)}${(gzipSync(text).length / 1000).toFixed(1)} kB`)

afterAll(() => {
  consumer.remove()
  console.log(`A signed call of DLI and the state of its job, all files of the bundle, gzip:\n${sizes.join('\n')}`)
})

const bundlers = ['esbuild', 'rollup', 'rolldown', 'vite', 'webpack']
const cases = bundlers.flatMap(bundler => ['browser', 'node'].map(platform => ({ bundler, platform })))

/** Bundles the program. Returns the bundle's file, and the warnings of the bundler. */
function bundle(bundler: string, platform: string) {
  const output = join(consumer.folder, `${bundler}-${platform}/bundle.js`)
  const { status, output: printed } = run(
    join(installed, '../bundle.mjs'),
    [bundler, platform, output],
    consumer.folder,
  )
  expect(status, printed).toBe(0)
  const names = readdirSync(dirname(output), { recursive: true, encoding: 'utf8' })
  const files = names.filter(name => name.endsWith('.js'))
  const text = files.map(name => readFileSync(join(dirname(output), name), 'utf8')).join('\n')
  return { output, warnings: JSON.parse(printed), text }
}

test.each(cases)(
  '$bundler bundles a program for $platform without warnings, and the bundle runs',
  ({ bundler, platform }) => {
    const { output, warnings, text } = bundle(bundler, platform)
    expect(warnings).toEqual([])
    if (platform === 'browser') expect(text).not.toMatch(/\bfrom ?["']node:|import\(["']node:|\brequire\(["']/)
    expect(run(output, [], consumer.folder).output).toBe('succeeded\n')
    addSize(bundler, platform, text)
  },
)

test('esbuild bundles a program for a Worker without warnings and without modules of Node', () => {
  const { warnings, text } = bundle('esbuild', 'worker')
  expect(warnings).toEqual([])
  expect(text).not.toMatch(/node:\w|\brequire\(/)
  addSize('esbuild', 'worker', text)
})
