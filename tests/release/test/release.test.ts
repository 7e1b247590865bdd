import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bumpForBreakingChange, releaseEnvironment, versionPackages } from '../src/release.ts'
import { run } from '../src/run.ts'

/** A program that takes the place of pnpm in PATH. Like `changeset version`, it fails if there are no changesets. */
const fakePnpm = '#!/bin/sh\nrm .changeset/a-change.md && echo "$@" > versioned\n'

describe('versionPackages', () => {
  let folder = ''
  let env: NodeJS.ProcessEnv = {}
  const git = (...args: string[]) => run(['git', ...args], folder, env).trim()

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jobscope-version-'))
    env = { ...releaseEnvironment(), PATH: [join(folder, '.git/bin'), process.env['PATH']].join(delimiter) }
    mkdirSync(join(folder, '.changeset'))
    writeFileSync(join(folder, '.changeset/README.md'), '# Changesets\n')
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'First commit')
    mkdirSync(join(folder, '.git/bin'))
    writeFileSync(join(folder, '.git/bin/pnpm'), fakePnpm, { mode: 0o755 })
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('keeps the last commit if there are no changesets', () => {
    versionPackages(folder, env)
    expect(git('log', '--format=%s')).toBe('First commit')
  })

  test('runs `pnpm changeset version` and commits the result if there are changesets', () => {
    writeFileSync(join(folder, '.changeset/a-change.md'), "---\n'a': minor\n---\n\nA change.\n")
    versionPackages(folder, env)
    expect(git('show', 'HEAD:versioned')).toBe('changeset version')
    expect(git('log', '--format=%s')).toBe('Version packages\nFirst commit')
  })
})

test.each([
  ['0.1.0', 'minor', '0.2.0'],
  ['0.9.3', 'minor', '0.10.0'],
  ['1.4.2', 'major', '2.0.0'],
])('after %s, a breaking change needs a %s version: %s', (version, bump, next) => {
  expect(bumpForBreakingChange(version)).toEqual({ bump, next })
})
