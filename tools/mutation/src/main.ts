/**
 * Draws random mutants of the packages, and prints for each mutant whether a test fails. A mutant survives if no test fails. The exit code
 * is 1 if more than `--max-survivors` mutants survive.
 */
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { draw } from './draw.ts'
import { findMutants } from './find-mutants.ts'
import { type FileMutant, runMutant } from './run-mutant.ts'

const root = join(import.meta.dirname, '../../..')

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
    'max-survivors': { type: 'string', default: '2' },
    packages: {
      type: 'string',
      default: 'packages/core,packages/jobs,packages/mock,packages/cli,tools/codegen',
    },
    /** Draws only mutants of files whose paths contain this text. */
    file: { type: 'string', default: '' },
    /**
     * Draws mutants of all files, but tests only mutants in files whose paths contain this text. Several runs with the same seed can share
     * the work.
     */
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
})

const candidates = values.packages.split(',').flatMap(name => findCandidates(join(root, name)))
const drawn = draw(candidates, Number(values.count), Number(values.seed)).filter(({ folder, file }) =>
  join(folder, file).includes(values.only),
)
console.log(`${drawn.length} of ${candidates.length} mutants, seed ${values.seed}`)
let survivors = 0
for (const [index, mutant] of drawn.entries()) {
  const result = values.list ? 'drawn' : runMutant(mutant)
  if (result === 'survived') survivors++
  console.log(`${index + 1}  ${result}  ${describe(mutant)}`)
}
if (!values.list) console.log(`${survivors} of ${drawn.length} survived`)
process.exitCode = survivors > Number(values['max-survivors']) ? 1 : 0

function findCandidates(folder: string): readonly FileMutant[] {
  const files = globSync('src/**/*.ts', { cwd: folder }).filter(file => !/\.test\.ts$|generated/.test(file))
  return files
    .toSorted()
    .filter(file => file.includes(values.file))
    .flatMap(file =>
      findMutants(file, readFileSync(join(folder, file), 'utf8')).map(mutant => ({ ...mutant, folder, file })),
    )
}

function describe({ folder, file, start, original, replacement, operator }: FileMutant): string {
  const line = readFileSync(join(folder, file), 'utf8').slice(0, start).split('\n').length
  const shorten = (text: string) => JSON.stringify(text.replace(/\s+/g, ' ').slice(0, 60))
  return `${relative(root, join(folder, file))}:${line}  ${operator}: ${shorten(original)} -> ${shorten(replacement)}`
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
