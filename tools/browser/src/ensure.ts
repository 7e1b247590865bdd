import { findBrowser } from './find.ts'
import { findPlaywrightCli, type Machine } from './machine.ts'

/** A way to install a browser. The commands run in order. If a command fails, the next commands do not run. */
export interface Installer {
  readonly name: string
  readonly commands: readonly (readonly [command: string, ...args: string[]])[]
}

/** The advice in the error message if no browser can be found or installed. */
export const installAdvice =
  'Install Chromium or Google Chrome with the package manager of this system and try again, ' +
  'or set CHROME_PATH to the executable of an installed browser.'

/** Lists the ways to install a browser on this machine, in the order in which they are tried. */
export function listInstallers(machine: Machine): Installer[] {
  const playwright: Installer = {
    name: "Playwright's installer",
    commands: [
      [process.execPath, findPlaywrightCli(), 'install', '--no-shell', ...getDependencyFlags(machine), 'chromium'],
    ],
  }
  if (machine.distribution !== 'debian' || !machine.root) return [playwright]
  // Debian's package of Chromium also installs the libraries that it needs. Ubuntu's package of Chromium is only a stub for a snap.
  const apt: Installer = {
    name: 'apt-get',
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
  }
  return [apt, playwright]
}

/**
 * Returns the path of a browser that runs on this machine, and installs one if necessary.
 *
 * @throws if no browser could be installed. The error lists all attempts and a remedy.
 */
export function ensureBrowser(machine: Machine, print: (line: string) => void): string {
  const found = findBrowser(machine)
  if (found) return found

  const attempts: string[] = []
  for (const installer of listInstallers(machine)) {
    print(`Found no Chromium or Chrome. Installing one with ${installer.name}.`)
    const failure = install(machine, installer)
    const path = failure === undefined ? findBrowser(machine) : undefined
    if (path) return path
    attempts.push(`${installer.name}: ${failure ?? 'it exited with 0, but no browser runs'}`)
  }
  throw new Error(
    `Cannot find or install the Chromium or Chrome that the tests need.\n  ${attempts.join('\n  ')}\n${installAdvice}`,
  )
}

function install(machine: Machine, installer: Installer): string | undefined {
  for (const [command, ...args] of installer.commands) {
    const result = machine.run(command, args, { DEBIAN_FRONTEND: 'noninteractive' })
    if (result !== 0) {
      const outcome = typeof result === 'number' ? `exited with ${result}` : `failed: ${result}`
      return `\`${[command, ...args].join(' ')}\` ${outcome}`
    }
  }
  return undefined
}

// Playwright's Chromium needs system libraries. Playwright can install them only if the user is root, and only with apt.
function getDependencyFlags(machine: Machine): string[] {
  return machine.root && ['debian', 'ubuntu'].includes(machine.distribution) ? ['--with-deps'] : []
}
