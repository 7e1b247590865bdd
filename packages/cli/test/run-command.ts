import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: { readonly [name: string]: string }
  /** What it reads from standard input. */
  readonly input?: string
  readonly cwd?: string
  /** Called with all of its output so far, whenever there is more, and with a way to interrupt it. */
  readonly onOutput?: (output: string, interrupt: () => void) => void
}

/** Runs the built command, which sees nothing of this process's environment but the way to Node. */
export async function jobscope(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: 'pipe',
  })
  child.stdin.end(options.input ?? '')
  let output = ''
  let interrupted = false
  // A second one would end it the hard way.
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
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}
