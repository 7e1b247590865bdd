import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EntryPoint, listEntryPoints } from './entry-points.ts'
import { extractReport } from './extract-report.ts'

/** Writes the reports of the current API into a temporary folder, and calls a function with this folder. */
function withCurrentReports<T>(entries: readonly EntryPoint[], use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-api-'))
  try {
    for (const entry of entries) extractReport(entry, folder)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const listReports = (folder: string): readonly string[] => readdirSync(folder).filter(name => name.endsWith('.api.md'))

const readIfExists = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/** Describes each difference between the committed reports and the current API. */
export const checkReports = (committed: string, entries = listEntryPoints()): readonly string[] =>
  withCurrentReports(entries, current => {
    const changed = entries.flatMap(({ specifier, report }) =>
      readIfExists(join(committed, report)) === readIfExists(join(current, report))
        ? []
        : [
            `The public API of ${specifier} differs from ${report}:\n${diff(join(committed, report), join(current, report))}`,
          ],
    )
    const known = new Set(entries.map(({ report }) => report))
    const obsolete = listReports(committed).filter(name => !known.has(name))
    return [...changed, ...obsolete.map(name => `No entry point has the report ${name} any more.`)]
  })

/**
 * Writes the reports of the current API, and removes the reports of entry points that no longer exist. Returns the names of the changed
 * reports.
 */
export const updateReports = (committed: string, entries = listEntryPoints()): readonly string[] =>
  withCurrentReports(entries, current => {
    const names = [...new Set([...listReports(committed), ...listReports(current)])].sort()
    return names.filter(name => {
      const text = readIfExists(join(current, name))
      if (text === readIfExists(join(committed, name))) return false
      if (text === undefined) rmSync(join(committed, name))
      else writeFileSync(join(committed, name), text)
      return true
    })
  })

/** Returns the changed lines, with three unchanged lines before and after each change. */
function diff(before: string, after: string): string {
  const base = existsSync(before) ? before : '/dev/null'
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-color', base, after], { encoding: 'utf8' })
  return stdout.split('\n').slice(4).join('\n').trimEnd()
}
