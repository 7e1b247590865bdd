import type { Size } from './change.ts'

/** The possible increases of a version, from the smallest to the largest. */
const bumps = ['none', 'patch', 'minor', 'major'] as const
export type Bump = (typeof bumps)[number]

/** Returns the version bump that a change requires. Before 1.0.0, a minor version can contain breaking changes. */
export function neededBump(size: Size | undefined, version: string): Bump {
  if (size === undefined) return 'none'
  const early = version.startsWith('0.')
  if (size === 'breaking') return early ? 'minor' : 'major'
  return size === 'additive' && !early ? 'minor' : 'patch'
}

/** Returns the largest bump that these changesets (the texts of their files) announce for a package. */
export function pendingBump(changesets: readonly string[], name: string): Bump {
  const found = changesets.flatMap(text => {
    const front = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? ''
    return front
      .split('\n')
      .map(line => /^['"]?(.+?)['"]?:\s*(\w+)\s*$/.exec(line))
      .flatMap(match => (match?.[1] === name ? [match[2] as Bump] : []))
  })
  return bumps.findLast(bump => found.includes(bump)) ?? 'none'
}

/**
 * Returns the bump from one version to another. Between `changeset version` and the tag of the release there are no changesets, so this
 * bump is used instead.
 */
export function bumpBetween(from: string, to: string): Bump {
  const [before, after] = [from, to].map(version => version.split(/[.+-]/).map(Number))
  const part = [0, 1, 2].find(index => before?.[index] !== after?.[index])
  return part === undefined ? 'none' : ((['major', 'minor', 'patch'] as const)[part] ?? 'none')
}

/** Returns the larger of two bumps. */
export const largerBump = (a: Bump, b: Bump): Bump => (suffices(a, b) ? a : b)

export const suffices = (pending: Bump, needed: Bump): boolean => bumps.indexOf(pending) >= bumps.indexOf(needed)
