import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('jobscope/package.json')))

/** Runs a Node process that does nothing. */
export const runEmptyNode = (): Promise<void> => runNode(['/dev/null'])

/** Runs the built `jobscope` command. */
export const runJobscope = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  runNode([bin, ...args], env)

/** Runs Node and waits until it exits. */
export async function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.resume()
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    errors += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')} exited with code ${code}\n${errors}`)
}
