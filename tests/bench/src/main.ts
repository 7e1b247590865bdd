/**
 * `node src/main.ts [name …]`: runs the measurements with these names, one after another. Without names, runs all measurements. If
 * measurements exceed their limits, lists these measurements and exits with 1.
 */
import { readdirSync } from 'node:fs'
import type { Measurement } from './measurement.ts'
import { formatResult, type Result, runMeasurement } from './run.ts'

const folder = new URL('measurements/', import.meta.url)
const known = readdirSync(folder)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -'.ts'.length))
  .sort()

const requested = process.argv.slice(2)
const unknown = requested.filter(name => !known.includes(name))
if (unknown.length > 0) throw new Error(`Unknown measurement: ${unknown.join(', ')}. Known: ${known.join(', ')}`)

const results: Result[] = []
for (const name of requested.length > 0 ? requested : known) {
  const { default: measurement } = (await import(new URL(`${name}.ts`, folder).href)) as { default: Measurement }
  const result = await runMeasurement(name, measurement)
  console.log(formatResult(result))
  results.push(result)
}

const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
if (failed.length > 0) {
  console.error(`Limit exceeded: ${failed.join(', ')}`)
  process.exitCode = 1
}
