#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import manifest from '../package.json' with { type: 'json' }

const [first, ...others] = process.argv.slice(2)
// Answered before anything else is loaded: it is what scripts ask first.
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${manifest.version}\n`)
else {
  enableCompileCache()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
