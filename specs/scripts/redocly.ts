import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

/** Runs Redocly as a command, because Redocly cannot be imported. The command exits with 1 if it finds problems. */
export function runRedocly(args: readonly string[], cwd: string) {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
}

/** Returns the output of Redocly. Throws if Redocly exits with an error. */
export function redocly(args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = runRedocly(args, cwd)
  if (status !== 0) throw new Error(`redocly ${args.join(' ')}\n${stderr}`)
  return stdout
}
