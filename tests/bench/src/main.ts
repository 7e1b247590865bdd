/**
 * `node src/main.ts [name …]`: runs the measurements of those names, or all, one after another. Exits 1 and names those that
 * are over their limit.
 */
import { readdirSync } from 'node:fs'
import type { Measurement } from './measurement.ts'
import { line, type Result, run } from './run.ts'

const folder = new URL('measurements/', import.meta.url)
const known = readdirSync(folder)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -'.ts'.length))
  .sort()

/** How often at most: a machine that is slow for a minute shifts the ratios, and some stand close to their limits. */
const tries = 6

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !known.includes(name))
if (unknown.length > 0) throw new Error(`no measurement ${unknown.join(', ')}; there are ${known.join(', ')}`)

const results: Result[] = []
for (const name of asked.length > 0 ? asked : known) {
  const { default: measurement } = (await import(new URL(`${name}.ts`, folder).href)) as { default: Measurement }
  const result = await run(name, measurement, tries)
  console.log(line(result))
  results.push(result)
}

const over = results.filter(result => result.over).map(({ name }) => name)
if (over.length > 0) {
  console.error(`over the limit: ${over.join(', ')}`)
  process.exitCode = 1
}
