/**
 * Runs turbo without telemetry. The scripts of package.json use this file because the syntax for environment variables differs
 * between shells.
 *
 * `node tools/turbo.js run build` runs one command. `node tools/turbo.js --each 'run bench' 'run test:long' [option …]` runs several
 * commands with the same options, in the given order. If a command fails, the next commands still run, and the exit code is 1.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const turbo = require.resolve('turbo/bin/turbo')
const [first, ...rest] = process.argv.slice(2)

process.env['TURBO_TELEMETRY_DISABLED'] = '1'
if (first === '--each') {
  const options = rest.filter(argument => argument.startsWith('-'))
  const commands = rest.filter(argument => !argument.startsWith('-')).map(command => command.split(' '))
  const results = commands.map(command =>
    spawnSync(process.execPath, [turbo, ...command, ...options], { stdio: 'inherit' }),
  )
  process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1
} else {
  require(turbo)
}
