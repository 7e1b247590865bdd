#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import manifest from '../package.json' with { type: 'json' }

const [first, ...others] = process.argv.slice(2)
// Scripts often ask for the version, so it is printed before anything else is loaded.
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${manifest.version}\n`)
else {
  enableCompileCache()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
