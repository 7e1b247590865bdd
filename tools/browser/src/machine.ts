import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

/** What finding and installing a browser need of the machine; tests hand in one of their own. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether this process may install system packages. */
  readonly root: boolean
  /** `ID` of /etc/os-release: `debian`, `ubuntu`, `alpine`; empty where there is no such file. */
  readonly distribution: string
  /** Where Playwright would keep, or keeps, a Chromium of its own. */
  readonly playwrightChromium: string | undefined
  /** Whether the file is there. */
  exists(path: string): boolean
  /** Runs a command quietly; true if it could be started and exited with 0. */
  succeeds(command: string, args: readonly string[]): boolean
  /** Runs a command with its output shown; the exit code, or a reason why it did not start. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): number | string
}

/** The machine this runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    root: process.getuid?.() === 0,
    distribution: distributionOf('/etc/os-release'),
    playwrightChromium: playwrightChromium(),
    exists: existsSync,
    succeeds: (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0,
    run(command, args, env = {}) {
      const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
      return status ?? error?.message ?? `stopped by ${signal}`
    },
  }
}

/** The command line of the installed playwright-core; it is not among the package's exports, so it is found beside them. */
export function playwrightCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
}

function distributionOf(file: string): string {
  if (!existsSync(file)) return ''
  return /^ID="?([^"\n]*)"?$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
}

function playwrightChromium(): string | undefined {
  try {
    return chromium.executablePath()
  } catch {
    return undefined // Playwright has no build for this platform; a Chromium of the system will do
  }
}
