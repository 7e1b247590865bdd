import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

export interface Result {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: { readonly [name: string]: string }
  /** The standard input of the command. `undefined` keeps it open. @default '' */
  readonly input?: string | undefined
  /** Options of Node. */
  readonly nodeArgs?: readonly string[]
  readonly cwd?: string
  /** Called whenever more output arrives, with the whole output so far and a function that presses Ctrl-C. */
  readonly onOutput?: (output: string, interrupt: () => void) => void
}

/** Runs the built command. The command inherits only PATH from the environment of this process. */
export const runCommand = (args: readonly string[], options?: RunOptions): Promise<Result> =>
  startCommand(args, options).result

export interface RunningCommand {
  readonly child: ChildProcessWithoutNullStreams
  readonly result: Promise<Result>
}

/** Like `runCommand`, for tests that send signals to the command or write to its input while it runs. */
export function startCommand(args: readonly string[], options: RunOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), bin, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: 'pipe',
  })
  // The command may exit without reading its input.
  child.stdin.on('error', () => {})
  const { input } = { input: '', ...options }
  if (input !== undefined) child.stdin.end(input)
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
  const collectResult = async (): Promise<Result> => {
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ])
    return { exitCode, stdout, stderr }
  }
  return { child, result: collectResult() }
}
