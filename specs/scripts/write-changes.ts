/**
 * `node scripts/write-changes.ts [previous]`: writes `dist/changes.json`, the changes since the previous release. `previous` is the folder of the
 * unpacked package of that release. Without this argument, the file says that there is no previous release.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundled.ts'
import { createReleaseChanges } from './release-changes.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const previous = process.argv[2] ?? process.env['PREVIOUS_SPECS']
if (previous !== undefined && !existsSync(join(previous, 'package.json'))) {
  throw new Error(
    `${previous} is not the folder of a package. Unpack the tarball of the previous release, and pass its folder.`,
  )
}
const changes = createReleaseChanges(previous, root, await bundled())
writeFileSync(join(root, 'dist/changes.json'), `${JSON.stringify(changes, undefined, 2)}\n`)
const counts = Object.entries(changes.services).map(([service, list]) => `${service} ${list.length}`)
if (process.argv[2] !== undefined) console.log(`${changes.from} to ${changes.to}: ${counts.join(', ')}`)
