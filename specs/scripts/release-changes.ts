import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReleaseChanges } from '../src/changes/change.ts'
import { compareBundles } from '../src/changes/compare-bundles.ts'
import type { Bundle } from '../src/openapi.ts'

const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T

/**
 * Compares the bundles of two releases.
 *
 * @param previous folder of the package of the previous release, or `undefined` for the first release
 * @param current folder of the package of this release
 */
export function createReleaseChanges(
  previous: string | undefined,
  current: string,
  services: readonly string[],
): ReleaseChanges {
  const { version: to } = readJson<{ version: string }>(current, 'package.json')
  if (previous === undefined) return { from: null, to, services: {} }
  const { version: from } = readJson<{ version: string }>(previous, 'package.json')
  const entries = services.flatMap(service => {
    const file = `dist/${service}.json`
    if (!existsSync(join(previous, file))) return []
    return [[service, compareBundles(readJson<Bundle>(previous, file), readJson<Bundle>(current, file))] as const]
  })
  return { from, to, services: Object.fromEntries(entries) }
}
