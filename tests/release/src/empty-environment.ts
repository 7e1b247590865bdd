import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Variables that are removed, because they refer to the home folder or to this checkout. All other variables are kept, for example the
 * variables of proxies and certificates.
 */
const dropped = /^(?:npm_|pnpm_|xdg_|turbo_|vitest|node_env$|node_path$|init_cwd$|berry_bin)/i

/**
 * Creates an empty home folder, and returns an environment in which programs use this folder. The tools of this repository are not in its
 * PATH.
 */
export function createEmptyEnvironment(home: string): Record<string, string> {
  mkdirSync(home, { recursive: true })
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !dropped.test(entry[0]),
  )
  const path = `${process.env['PATH']}`.split(delimiter).filter(part => !part.includes('node_modules'))
  // Packages that are installed globally go into the empty home.
  const prefix = join(home, 'global')
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    NPM_CONFIG_PREFIX: prefix,
    PATH: [join(prefix, 'bin'), ...path].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  }
}
