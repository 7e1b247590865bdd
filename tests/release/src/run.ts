import { spawnSync } from 'node:child_process'

/** Runs a program to its end and returns its standard output. If the program fails, throws an error with all output. */
export function run(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = tryToRun(command, cwd, env)
  if (status !== 0) throw new Error(`${command.join(' ')} exited with ${status ?? error}\n${stdout}\n${stderr}`)
  return stdout
}

/**
 * Runs a program to its end and returns its exit code and its output. The timeout is long, because a build can take minutes on a busy
 * machine. It only stops a program that hangs.
 */
export function tryToRun(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const [file = '', ...args] = command
  return spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 600_000,
    killSignal: 'SIGKILL',
  })
}
