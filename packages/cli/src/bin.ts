#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { exitCodes } from './exit-codes.ts'
import { endAfterOutputError } from './terminal/end-after-output-error.ts'

// Old versions of Node may fail to load most of the other files. So this file must not import those files statically. The build includes
// the statically imported files in the bundle of this file.
const { node: nodeVersion } = process.versions
const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
const minimum = manifest.engines.node.replace('>=', '')
const [minMajor = 0, minMinor = 0] = minimum.split('.').map(Number)
const [first, ...others] = process.argv.slice(2)
// Scripts often run `--version`, so the version is printed before anything else is loaded.
if (others.length === 0 && (first === '--version' || first === '-V')) {
  const note = (line: string) => void process.stderr.write(`jobscope: ${line}\n`)
  const fail = (error: unknown) => endAfterOutputError(error, note)
  // The write to a file throws an error. The write to a pipe emits an event.
  try {
    process.stdout.on('error', fail).write(`${manifest.version}\n`)
  } catch (error) {
    fail(error)
  }
} else if (major < minMajor || (major === minMajor && minor < minMinor)) {
  process.stderr.write(`jobscope: Node ${nodeVersion} is too old: jobscope needs Node ${minimum} or newer.\n`)
  process.exitCode = exitCodes.usage.code
} else {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
  // After a failure, open connections and files must not keep the process alive. For example, a proxy may not respond. The exit code 0
  // does not end the process, because `jobscope mock` continues to run with this exit code.
  const { success, interrupted, terminated } = exitCodes
  const wasInterrupted = process.exitCode === interrupted.code || process.exitCode === terminated.code
  // After an interruption, the command does not wait for the readers of its output.
  if (process.exitCode !== success.code && !wasInterrupted)
    await Promise.all([process.stdout, process.stderr].map(flush))
  if (process.exitCode !== success.code) process.exit()
}

/** Resolves when everything that was written to a stream has been passed on. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => void stream.write('', () => resolve()))
}
