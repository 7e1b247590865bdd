import { type Browser, chromium } from 'playwright-core'
import { HOW_TO_GET_ONE } from './ensure.ts'
import { findBrowser } from './find.ts'
import { type Machine, thisMachine } from './machine.ts'

// No sandbox: containers run as root. The rest keeps the browser from talking to anyone but the page under test.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page finds nobody but this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/**
 * A headless browser for tests; close it yourself.
 *
 * @throws if none is installed: `turbo run test` installs one first, `vitest` by itself does not.
 * @example const browser = await launchBrowser()
 */
export async function launchBrowser(machine: Machine = thisMachine()): Promise<Browser> {
  const executablePath = findBrowser(machine)
  if (!executablePath) {
    throw new Error(
      `No Chromium or Chrome found. Run \`pnpm --filter @jobscope/browser install:browser\`. ${HOW_TO_GET_ONE}`,
    )
  }
  return chromium.launch({ executablePath, args: FLAGS })
}
