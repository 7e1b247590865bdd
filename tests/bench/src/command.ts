import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('jobscope/package.json')))

/** A Node process that does nothing. */
export const emptyNode = (): Promise<void> => node(['/dev/null'])

/** The built `jobscope` command. */
export const jobscope = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  node([bin, ...args], env)

/** Runs Node to its end. */
export async function node(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
}
