/** `pnpm --filter @jobscope/browser install:browser`: sees to it that tests have a browser. Never skips; fails in one message. */
import { ensureBrowser } from './ensure.ts'
import { thisMachine } from './machine.ts'

try {
  console.log(`Browser for tests: ${ensureBrowser(thisMachine(), console.log)}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
