import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

/** The parts of a machine that this package uses to find and install a browser. Tests pass a fake machine. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether this process may install system packages. */
  readonly root: boolean
  /** `ID` of /etc/os-release, such as `debian`, `ubuntu` or `alpine`. Empty if the file does not exist. */
  readonly distribution: string
  /** Path at which Playwright installs Chromium. The file exists only after the installation. */
  readonly playwrightChromium: string | undefined
  /** Whether the file exists. */
  exists(path: string): boolean
  /** Runs a command and hides its output. Returns true if the command exits with 0. */
  succeeds(command: string, args: readonly string[]): boolean
  /** Runs a command and shows its output. Returns the exit code, or the reason why the command did not start. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): number | string
}

/** Returns the machine that this process runs on. */
export function createMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    root: process.getuid?.() === 0,
    distribution: readDistribution('/etc/os-release'),
    playwrightChromium: findPlaywrightChromium(),
    exists: existsSync,
    succeeds: (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0,
    run(command, args, env = {}) {
      const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
      return status ?? error?.message ?? `stopped by ${signal}`
    },
  }
}

/** Returns the path of playwright-core's command, which the package does not export. */
export function findPlaywrightCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
}

function readDistribution(file: string): string {
  if (!existsSync(file)) return ''
  return /^ID="?([^"\n]*)"?$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
}

function findPlaywrightChromium(): string | undefined {
  try {
    return chromium.executablePath()
  } catch {
    return undefined // Playwright has no build for this platform, so only a browser of the system can be used.
  }
}
