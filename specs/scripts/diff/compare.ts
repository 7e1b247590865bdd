import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { bundlesAt, bundlesNow, lastRelease, versionAt } from './bundles.ts'
import { type Change, largest } from './change.ts'
import { type Bump, bumpBetween, largerBump, neededBump, pendingBump, suffices } from './changeset.ts'
import { compareExtensions } from './extensions.ts'
import { compareOpenApi } from './openapi.ts'

export interface Comparison {
  readonly since: string
  readonly services: ReadonlyMap<string, readonly Change[]>
  readonly needed: Bump
  readonly pending: Bump
  readonly ok: boolean
}

/** Compares the specs of a repository with those of the last release, and checks that the pending changesets announce the changes. */
export function compareWithRelease(root: string): Comparison {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-diff-'))
  try {
    const since = lastRelease(root)
    const before = bundlesAt(root, since, join(folder, 'base'))
    const after = bundlesNow(root, join(folder, 'next'))
    const names = [...new Set([...before.keys(), ...after.keys()])]
    const services = new Map(names.map(name => [name, compare(before.get(name), after.get(name), folder)]))
    const { name, version } = JSON.parse(readFileSync(join(root, 'specs/package.json'), 'utf8'))
    const needed = neededBump(largest([...services.values()].flat()), version)
    const pending = largerBump(pendingBump(changesets(root), name), bumpBetween(versionAt(root, since), version))
    return { since, services, needed, pending, ok: suffices(pending, needed) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Lists the changes between two bundles of a service. `base` and `next` are file names, or undefined if the bundle does not exist. */
export function compare(base: string | undefined, next: string | undefined, folder: string): readonly Change[] {
  if (base === undefined) return [{ size: 'additive', where: '', what: 'the service is new' }]
  if (next === undefined) return [{ size: 'breaking', where: '', what: 'the service is gone' }]
  const [was, is] = [base, next].map(path => parse(readFileSync(path, 'utf8')))
  return [...compareOpenApi(base, next, folder), ...compareExtensions(was, is)]
}

function changesets(root: string): readonly string[] {
  const folder = join(root, '.changeset')
  const files = readdirSync(folder).filter(name => name.endsWith('.md') && name !== 'README.md')
  return files.map(name => readFileSync(join(folder, name), 'utf8'))
}
