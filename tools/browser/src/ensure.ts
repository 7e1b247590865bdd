import { findBrowser } from './find.ts'
import { type Machine, playwrightCli } from './machine.ts'

/** One way to get a browser: commands, run in order until one fails. */
export interface Installer {
  readonly name: string
  readonly commands: readonly (readonly [command: string, ...args: string[]])[]
}

/** How to say what a person can do where nothing works by itself. */
export const HOW_TO_GET_ONE =
  'Install Chromium or Google Chrome with the package manager of this system and try again, ' +
  'or set CHROME_PATH to the program file of one that is already there.'

/** The ways to install a browser on this machine, the one to try first at the front. */
export function installers(machine: Machine): Installer[] {
  const playwright: Installer = {
    name: "Playwright's installer",
    commands: [[process.execPath, playwrightCli(), 'install', '--no-shell', ...withDeps(machine), 'chromium']],
  }
  if (machine.distribution !== 'debian' || !machine.root) return [playwright]
  // Debian's own package brings the libraries it needs. Ubuntu's is a stub for a snap, so this is for Debian alone.
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
 * Path of a browser that runs here; one is installed if there is none.
 *
 * @throws with what was tried and what to do, if none could be had.
 */
export function ensureBrowser(machine: Machine, say: (line: string) => void): string {
  const found = findBrowser(machine)
  if (found) return found

  const tried: string[] = []
  for (const installer of installers(machine)) {
    say(`No Chromium or Chrome here yet; getting one with ${installer.name}.`)
    const failure = install(machine, installer)
    const path = failure === undefined ? findBrowser(machine) : undefined
    if (path) return path
    tried.push(`${installer.name}: ${failure ?? 'it ended well, but left no browser that runs'}`)
  }
  throw new Error(
    `The tests need a Chromium or Chrome, and none could be found or installed.\n  ${tried.join('\n  ')}\n${HOW_TO_GET_ONE}`,
  )
}

function install(machine: Machine, installer: Installer): string | undefined {
  for (const [command, ...args] of installer.commands) {
    const result = machine.run(command, args, { DEBIAN_FRONTEND: 'noninteractive' })
    if (result !== 0) {
      const how = typeof result === 'number' ? `exited with ${result}` : `failed: ${result}`
      return `\`${[command, ...args].join(' ')}\` ${how}`
    }
  }
  return undefined
}

// Playwright's build needs libraries of the system; only root can add them, and only apt is understood.
function withDeps(machine: Machine): string[] {
  return machine.root && ['debian', 'ubuntu'].includes(machine.distribution) ? ['--with-deps'] : []
}
