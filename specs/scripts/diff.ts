/**
 * `pnpm specs:diff [--all]`: prints the changes of each spec since the last release. Exits with 1 if the changes require a
 * larger release than the pending changesets announce. `--brief`, which `pnpm check` uses, prints the changes only if the exit
 * code is 1.
 */
import { fileURLToPath } from 'node:url'
import { largest, sizes } from './diff/change.ts'
import { compareWithRelease } from './diff/compare.ts'

const shown = process.argv.includes('--all') ? Number.POSITIVE_INFINITY : 10
const { since, services, needed, pending, ok } = compareWithRelease(fileURLToPath(new URL('../../', import.meta.url)))

if (!ok || !process.argv.includes('--brief')) {
  console.log(`Since ${since}:`)
  for (const [name, changes] of services) {
    const counts = sizes.map(size => `${changes.filter(change => change.size === size).length} ${size}`)
    console.log(`\n${name}: ${largest(changes) ?? 'no change'}${changes.length > 0 ? ` (${counts.join(', ')})` : ''}`)
    const inOrder = sizes.flatMap(size => changes.filter(change => change.size === size))
    for (const { size, where, what } of inOrder.slice(0, shown)) console.log(`  ${size.padEnd(9)}  ${where}  ${what}`)
    if (inOrder.length > shown) console.log(`  and ${inOrder.length - shown} more; --all shows them`)
  }
  console.log(`\nA changeset of @jobscope/specs has to be at least: ${needed}. Pending: ${pending}.`)
}
if (!ok) {
  console.error('The changeset is too small. Run `pnpm changeset`, and describe the change.')
  process.exitCode = 1
}
