import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts the mock of an installed package, calls a function with its port, and stops the mock. */
export async function withInstalledMock<T>(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  use: (port: number) => T,
): Promise<T> {
  const [file = '', ...args] = command
  // The package manager and the mock run in one process group, so that one signal stops both.
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.pipe(process.stderr)
  const exit = once(child, 'exit')
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /http:\/\/127\.0\.0\.1:(\d+)\/dli$/.exec(line)?.[1]
      if (port !== undefined) return use(Number(port))
    }
    throw new Error(`${command.join(' ')} ended without serving the mock.`)
  } finally {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid)
    await exit
  }
}
