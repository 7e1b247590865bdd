import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listEntryPoints, repository } from '../src/entry-points.ts'
import { checkReports, updateReports } from '../src/reports.ts'

const committed = join(import.meta.dirname, '../reports')

/**
 * Copies the types and the report of core into a temporary folder. Returns the entry point of the copy, the folder of the report, and a
 * function that edits the types.
 */
function copyCore() {
  const root = mkdtempSync(join(tmpdir(), 'jobscope-api-test-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const path of ['package.json', 'dist/types']) {
    cpSync(join(repository, 'packages/core', path), join(root, 'packages/core', path), { recursive: true })
  }
  const entry = listEntryPoints(root).find(({ specifier }) => specifier === '@jobscope/core')
  if (entry === undefined) throw new Error('core has no entry point.')
  const edit = (from: string, to: string) => {
    const text = readFileSync(entry.types, 'utf8')
    expect(text).toContain(from)
    writeFileSync(entry.types, text.replace(from, to))
  }
  // Copies only the report of this entry point, because `checkReports` lists a report without an entry point as a problem.
  const reports = join(root, 'reports')
  cpSync(join(committed, entry.report), join(reports, entry.report))
  return { entry, edit, reports }
}

test('the public API of core is the same as its committed report', () => {
  const { entry, reports } = copyCore()
  expect(checkReports(reports, [entry])).toEqual([])
})

test('a change of a doc comment, which moves the lines below it, changes no report', () => {
  for (const name of readdirSync(committed))
    expect(readFileSync(join(committed, name), 'utf8')).not.toMatch(/:\d+:\d+ - /)
})

test('detects a removed export of core until the committed report is updated', () => {
  const { entry, edit, reports } = copyCore()
  edit('isFailure, ', '')
  expect(checkReports(reports, [entry])).toEqual([
    expect.stringMatching(
      /^The public API of @jobscope\/core differs from core\.api\.md:[\s\S]*\n-export const isFailure/,
    ),
  ])
  expect(updateReports(reports, [entry])).toEqual(['core.api.md'])
  expect(checkReports(reports, [entry])).toEqual([])
})

test('lists an entry point without a report and a report without an entry point as problems', () => {
  const { entry, reports } = copyCore()
  expect(checkReports(reports, [{ ...entry, report: 'new.api.md' }])).toEqual([
    expect.stringContaining('differs from new.api.md'),
    'No entry point has the report core.api.md any more.',
  ])
})

test('pnpm check compares every entry point of the published packages', () => {
  const { scripts, dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  expect(scripts.check).toBe('node src/main.ts')
  // Before this comparison, turbo builds only the dependencies of this package. Every published package must therefore be a dependency.
  const packages = new Set(listEntryPoints().map(({ specifier }) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''))
  expect([...packages].filter(name => !(name in dependencies))).toEqual([])
})
