import { type Browser, chromium } from 'playwright-core'
import { installAdvice } from './ensure.ts'
import { findBrowser } from './find.ts'
import { createMachine, type Machine } from './machine.ts'

// The sandbox of Chromium is off, because it does not work for root, the usual user in containers. Most of the other flags block network
// access.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // This flag allows a page to connect only to this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/**
 * Launches a headless browser for tests. The caller closes it.
 *
 * @throws if no browser is installed. `turbo run test` installs a browser first. `vitest` alone does not install a browser.
 * @example const browser = await launchBrowser()
 */
export async function launchBrowser(machine: Machine = createMachine()): Promise<Browser> {
  const executablePath = findBrowser(machine)
  if (!executablePath) {
    throw new Error(
      `No Chromium or Chrome found. Run \`pnpm --filter @jobscope/browser install:browser\`. ${installAdvice}`,
    )
  }
  return chromium.launch({ executablePath, args: flags })
}
