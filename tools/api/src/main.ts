/**
 * `pnpm check` compares the public API of every published package with the committed reports. `pnpm api:update` writes the reports.
 * The reports do not list the members of schemas from the specs, such as `SparkBatch`. `pnpm specs:diff` finds changes of these members.
 */
import { join } from 'node:path'
import { checkReports, updateReports } from './reports.ts'

const reports = join(import.meta.dirname, '../reports')

if (process.argv.includes('--update')) {
  const changed = updateReports(reports)
  console.log(
    changed.length === 0 ? 'The API reports are up to date.' : `Updated ${changed.join(', ')} in tools/api/reports.`,
  )
} else {
  const problems = checkReports(reports)
  if (problems.length > 0) {
    console.error(problems.join('\n\n'))
    console.error(
      '\nIf the change is intended, run `pnpm api:update`, review the reports in tools/api/reports, and commit them. A change that can break users requires a changeset that says so.',
    )
    process.exitCode = 1
  }
}
