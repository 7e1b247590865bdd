import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Downloads the package of the previous release from the registry that npm is configured to use, and unpacks it into a temporary folder.
 *
 * @param cwd the folder whose `.npmrc` npm reads
 * @returns the folder of the package, or `undefined` if no other version was published
 */
export function downloadPrevious(name: string, version: string, cwd: string): string | undefined {
  const previous = listVersions(name, cwd).filter(each => each !== version)
  const last = previous.at(-1)
  if (last === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-previous-'))
  execFileSync('npm', ['pack', `${name}@${last}`, '--silent', '--pack-destination', folder], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  // The script reads the file name from the folder, because npm 11 and npm 12 print different JSON.
  const [tarball] = readdirSync(folder)
  if (tarball === undefined) throw new Error(`npm pack ${name}@${last} wrote no file.`)
  execFileSync('tar', ['-xzf', tarball], { cwd: folder })
  return join(folder, 'package')
}

/** Lists the published versions in ascending order. */
function listVersions(name: string, cwd: string): readonly string[] {
  const { stdout, stderr } = spawnSync('npm', ['view', name, 'versions', '--json'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const found = parse(stdout)
  if (typeof found === 'string') return [found]
  if (Array.isArray(found)) return found
  if (found?.error?.code === 'E404') return []
  throw new Error(`Cannot list the versions of ${name}. npm printed:\n${stdout}${stderr}`)
}

function parse(text: string): string | string[] | { readonly error?: { readonly code?: string } } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
