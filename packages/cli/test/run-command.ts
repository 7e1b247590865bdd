import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

export interface Result {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: { readonly [name: string]: string }
  /** The standard input of the command. */
  readonly input?: string
  readonly cwd?: string
  /** Called with the whole output whenever there is more, and with a function that presses Ctrl-C. */
  readonly onOutput?: (output: string, interrupt: () => void) => void
}

/** Runs the built command. It sees no environment variables of this process except PATH. */
export async function runCommand(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: 'pipe',
  })
  // The command may exit without reading its input.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  let output = ''
  let interrupted = false
  // A second signal would kill the process.
  const interrupt = () => {
    if (!interrupted) child.kill('SIGINT')
    interrupted = true
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk
      options.onOutput?.(output, interrupt)
    })
  }
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { exitCode, stdout, stderr }
}
