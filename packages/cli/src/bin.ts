#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { exitCodes } from './exit-codes.ts'

// Old versions of Node may fail to load most of the other files. So this file must not import those files statically.
const { node: nodeVersion } = process.versions
const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
const minimum = manifest.engines.node.replace('>=', '')
const [minMajor = 0, minMinor = 0] = minimum.split('.').map(Number)
const [first, ...others] = process.argv.slice(2)
// Scripts often run `--version`, so the version is printed before anything else is loaded.
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${manifest.version}\n`)
else if (major < minMajor || (major === minMajor && minor < minMinor)) {
  process.stderr.write(`jobscope: Node ${nodeVersion} is too old: jobscope needs Node ${minimum} or newer.\n`)
  process.exitCode = exitCodes.usage.code
} else {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
  // After Ctrl-C or SIGTERM, open connections and files must not keep the process alive.
  const { interrupted, terminated } = exitCodes
  if (process.exitCode === interrupted.code || process.exitCode === terminated.code) process.exit()
}
