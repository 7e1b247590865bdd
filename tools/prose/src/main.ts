/**
 * `node src/main.ts [path …]`: checks the prose of the repository. With arguments, checks only the files whose paths begin with an
 * argument. Exits with 1 if there are findings.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { check } from './check.ts'
import { extract } from './extract.ts'
import { findFiles } from './files.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const prefixes = process.argv.slice(2)
const files = findFiles(root).filter(file => prefixes.length === 0 || prefixes.some(prefix => file.startsWith(prefix)))
const findings = await check(new Map(files.map(file => [file, extract(file, readFileSync(join(root, file), 'utf8'))])))

for (const { file, line, message } of findings) console.log(`${file}:${line} ${message}`)
if (findings.length > 0) {
  const counts = new Map<string, number>()
  for (const { file } of findings) {
    const area = file.split('/').slice(0, 2).join('/')
    counts.set(area, (counts.get(area) ?? 0) + 1)
  }
  for (const [area, count] of counts) console.error(`${area}: ${count}`)
  console.error(`${findings.length} findings in ${files.length} files`)
  process.exitCode = 1
}
