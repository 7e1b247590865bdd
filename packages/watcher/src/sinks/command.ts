import { spawn } from 'node:child_process'
import { ConfigurationError } from '@jobscope/core/internal'
import type { Sink } from './sink.ts'

export interface CommandOptions {
  /** @default 'command' */
  readonly name?: string | undefined
  /** The program and its arguments. It is started without a shell. */
  readonly command: readonly [program: string, ...args: string[]]
  readonly types?: readonly string[] | undefined
  /** How long the command may run, in ms. After this time, it is killed. @default 30000 */
  readonly timeout?: number | undefined
  readonly retryFor?: number | undefined
  /** The environment variables of the command. @default process.env */
  readonly env?: NodeJS.ProcessEnv | undefined
}

const defaultTimeout = 30_000

/** How much of the end of the error output is kept, in characters. */
const maxOutputLength = 8_000

/** How much of the error output an error contains. */
const maxShownLines = 3
const maxShownLength = 500

/**
 * Runs a command for each event, with the event as JSON on its standard input. The event is delivered if the command exits with 0. If it
 * exits with another code, the error contains the last lines of its standard error.
 *
 * @throws ConfigurationError if the command is empty
 */
export function command({
  name = 'command',
  command,
  types,
  timeout = defaultTimeout,
  retryFor,
  env,
}: CommandOptions): Sink {
  if (!command?.[0]) throw new ConfigurationError('command', 'command is empty. Use a program and its arguments.')
  return {
    name,
    types,
    retryFor,
    // With larger batches, a failure would repeat the command for events that the command has already processed.
    batchSize: 1,
    async deliver(events, signal) {
      for (const event of events) await run(command, `${JSON.stringify(event)}\n`, { timeout, signal, env })
    },
  }
}

interface RunOptions {
  readonly timeout: number
  readonly signal: AbortSignal
  readonly env: NodeJS.ProcessEnv | undefined
}

const run = ([program, ...args]: CommandOptions['command'], input: string, { timeout, signal, env }: RunOptions) =>
  new Promise<void>((resolve, reject) => {
    const expired = AbortSignal.timeout(timeout)
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      signal: AbortSignal.any([signal, expired]),
      killSignal: 'SIGKILL',
      env,
    })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output = `${output}${chunk}`.slice(-maxOutputLength)
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason)
      else if (expired.aborted) reject(new Error(`The command ${program} did not end within ${timeout / 1000} s.`))
      else reject(new Error(`Cannot start the command ${program} (${error.code ?? error.message}).`))
    })
    // If the command has started another process in the background, `close` follows only after the end of this process.
    child.once('exit', code => {
      if (code === 0) resolve()
    })
    child.once('close', (code, killedBy) => {
      const result = code === null ? `was ended by ${killedBy}` : `exited with ${code}`
      const lastLines = getLastLines(output)
      reject(new Error(`The command ${program} ${result}${lastLines && `: ${lastLines}`}.`))
    })
    // A command does not have to read its input, so the error of an unread input is ignored.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })

/**
 * Returns the last lines of an output as one line. Cuts only at white space: the watcher removes secrets later, and would not recognize a part
 * of a secret.
 */
function getLastLines(output: string): string {
  const complete = output.length < maxOutputLength ? output : output.slice(output.search(/\s/))
  const lines = complete.split('\n').map(line => line.trim())
  const text = lines.filter(Boolean).slice(-maxShownLines).join(' | ')
  return (text.length <= maxShownLength ? text : text.slice(-maxShownLength).replace(/^\S*/, '…')).replace(/\.$/, '')
}
