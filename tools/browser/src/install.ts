/**
 * `pnpm --filter @jobscope/browser install:browser`: finds or installs the browser for tests. If this is not possible, the command fails
 * with one message.
 */
import { ensureBrowser } from './ensure.ts'
import { createMachine } from './machine.ts'

try {
  console.log(`Browser for tests: ${ensureBrowser(createMachine(), console.log)}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
