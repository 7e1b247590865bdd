/**
 * `node scripts/write-changes.ts [previous]`: writes `dist/changes.json`, the changes since the previous release. `previous` is
 * the folder with the unpacked package of the previous release. With `--published` instead of a folder, the script downloads
 * this package from the registry. Without an argument, the script writes that there is no previous release.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundled.ts'
import { downloadPrevious } from './download-previous.ts'
import { createReleaseChanges } from './release-changes.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const [argument] = process.argv.slice(2)
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const previous = argument === '--published' ? downloadPrevious(name, version, join(root, '..')) : argument
if (previous !== undefined && !existsSync(join(previous, 'package.json'))) {
  throw new Error(
    `${previous} is not the folder of a package. Unpack the tarball of the previous release, and pass its folder.`,
  )
}
const changes = createReleaseChanges(previous, root, await bundled())
writeFileSync(join(root, 'dist/changes.json'), `${JSON.stringify(changes, undefined, 2)}\n`)
const counts = Object.entries(changes.services).map(([service, list]) => `${service} ${list.length}`)
if (argument !== undefined) {
  console.log(
    changes.from === null
      ? `No release before ${changes.to} is in the registry.`
      : `${changes.from} to ${changes.to}: ${counts.join(', ')}`,
  )
}
