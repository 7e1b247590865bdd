import { spawn } from 'node:child_process'
import type { Sink } from './sink.ts'

export interface CommandOptions {
  /** @default 'command' */
  readonly name?: string | undefined
  /** The program and its arguments. It is started without a shell. */
  readonly command: readonly [program: string, ...args: string[]]
  readonly types?: readonly string[] | undefined
  /** How long the command may run, in ms. @default 30000 */
  readonly timeout?: number | undefined
  readonly retryFor?: number | undefined
}

const defaultTimeout = 30_000

/** Runs a command for each event, with the event as JSON on its standard input. The event is delivered if the command exits with 0. */
export function command({
  name = 'command',
  command,
  types,
  timeout = defaultTimeout,
  retryFor,
}: CommandOptions): Sink {
  const [program, ...args] = command
  return {
    name,
    types,
    retryFor,
    // With larger batches, a failure would repeat the command for events that the command has already processed.
    batchSize: 1,
    async deliver(events, signal) {
      for (const event of events) {
        await run(program, args, JSON.stringify(event), AbortSignal.any([signal, AbortSignal.timeout(timeout)]))
      }
    },
  }
}

const run = (program: string, args: readonly string[], input: string, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], signal, killSignal: 'SIGKILL' })
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve()
      else reject(new Error(`The command ${program} exited with ${code ?? 'a signal'}.`))
    })
    // A command does not have to read its input, so the error of an unread input is ignored.
    child.stdin.on('error', () => {})
    child.stdin.end(`${input}\n`)
  })
