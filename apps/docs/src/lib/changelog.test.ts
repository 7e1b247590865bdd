import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { readPendingChanges, readReleases } from './changelog.ts'

const folder = mkdtempSync(join(tmpdir(), 'changelog-'))
const root = pathToFileURL(`${folder}/`)

test('reads the versions of each package', () => {
  mkdirSync(join(folder, 'packages/core'), { recursive: true })
  writeFileSync(
    join(folder, 'packages/core/CHANGELOG.md'),
    '# @jobscope/core\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- First.\n',
  )
  expect(readReleases(root)).toEqual([
    { title: '@jobscope/core 0.2.0', id: '-jobscope-core-0.2.0', text: '- New.' },
    { title: '@jobscope/core 0.1.0', id: '-jobscope-core-0.1.0', text: '- First.' },
  ])
})

test('reads pending changes with their packages, but not the README', () => {
  mkdirSync(join(folder, '.changeset'))
  writeFileSync(join(folder, '.changeset/README.md'), '# Changesets\n')
  writeFileSync(join(folder, '.changeset/a.md'), "---\n'@jobscope/core': minor\njobscope: patch\n---\n\nA **fix**.\n")
  expect(readPendingChanges(new URL('.changeset/', root))).toEqual([
    { title: '@jobscope/core, jobscope', id: 'next-a', text: 'A **fix**.' },
  ])
})
