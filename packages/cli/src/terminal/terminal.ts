import { setMaxListeners } from 'node:events'
import type { Interface } from 'node:readline/promises'
import { addAbortSignal } from 'node:stream'
import { styleText } from 'node:util'
import type { Clock } from '@jobscope/core'
import { readText } from '../open-input.ts'
import { InterruptedError } from './interrupted-error.ts'
import { handleProcessSignals } from './process-signals.ts'
import { wrapText } from './wrap-text.ts'
import { createPrint } from './write-output.ts'

export type Style = Parameters<typeof styleText>[0]

/** The input, output, signals, environment variables and clock of the command. Tests replace it with a fake. */
export interface Terminal {
  /** Writes a text to standard output. Resolves when more can be written. */
  print(text: string): Promise<void>
  /** Writes a line to standard error. */
  note(line: string): void
  /** Reads standard input to its end. Rejects with an error if the input is too large for a request. */
  read(): Promise<string>
  /**
   * Asks the user a question and reads one line. Rejects with an InterruptedError if the input ends, for example after Ctrl-D. Undefined if
   * standard input is not a terminal.
   */
  readonly ask?: (question: string, options?: { readonly isSecret?: boolean }) => Promise<string>
  /** Starts to read single keys. Resolves with a function that stops the reading. Undefined if standard input is not a terminal. */
  readonly readKeys?: (onKey: (key: string) => void) => Promise<() => void>
  /** Whether standard output is a terminal. If it is, tables fit its width, times are relative, and `watch` redraws in place. */
  readonly interactive: boolean
  /** The current size of the terminal. Infinite if standard output is not a terminal. */
  size(): { readonly columns: number; readonly rows: number }
  /** Applies a style, unless colors are turned off. */
  paint(style: Style, text: string): string
  /** Aborts when Ctrl-C is pressed or SIGTERM is received. */
  readonly signal: AbortSignal
  /**
   * Makes the process write a control sequence when the process ends, even if a signal ends it. Returns a function that undoes this
   * call.
   */
  restoreOnExit(sequence: string): () => void
  /**
   * Lets the command run for any time after `signal` has aborted. Otherwise, the process exits after a few seconds. Returns a function that
   * undoes this call.
   */
  suspendExitLimit(): () => void
  readonly env: { readonly [name: string]: string | undefined }
  /** The current time in epoch ms. */
  now(): number
  /** In tests, replaces the system's clock for the pauses between polls and for the time limit of a completion. */
  readonly clock?: Clock | undefined
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  // In this command, many concurrent calls listen to one abort signal. Older versions of Node would report this as a leak.
  setMaxListeners(0)
  const { interruption, restoreOnExit, suspendExitLimit } = handleProcessSignals()
  // An error while writing to standard error is ignored, because it could not be printed anywhere. The exit code still reports the
  // result.
  stderr.on('error', () => {})
  const note = (line: string) => {
    const columns = stderr.isTTY ? stderr.columns || 80 : Number.POSITIVE_INFINITY
    stderr.write(`${wrapText(line, columns)}\n`)
  }
  const useColors = wantsColors(env, stdout)
  const paint: Terminal['paint'] = (style, text) =>
    useColors ? styleText(style, text, { validateStream: false }) : text
  return {
    print: createPrint(stdout, interruption, line => note(`${paint('red', 'jobscope:')} ${line}`)),
    note,
    read: () => readText(addAbortSignal(interruption, stdin)),
    ...(stdin.isTTY &&
      stderr.isTTY && {
        ask: (question: string, { isSecret = false } = {}) => askQuestion(question, { isSecret, signal: interruption }),
      }),
    ...(stdin.isTTY && {
      readKeys: async (onKey: (key: string) => void) => (await import('./read-keys.ts')).readKeys(onKey),
    }),
    interactive: stdout.isTTY === true,
    size: () =>
      stdout.isTTY
        ? { columns: stdout.columns || 80, rows: stdout.rows || 24 }
        : { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
    paint,
    signal: interruption,
    restoreOnExit,
    suspendExitLimit,
    env,
    now: Date.now,
  }
}

interface QuestionOptions {
  /** Whether the text is hidden while it is typed. */
  readonly isSecret: boolean
  readonly signal: AbortSignal
}

async function askQuestion(question: string, { isSecret, signal }: QuestionOptions): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const { stdin, stderr } = process
  if (!isSecret) return askOn(createInterface({ input: stdin, output: stderr }), question, signal)
  const { PassThrough } = await import('node:stream')
  // Readline writes the typed characters to `output`. This stream discards them, so the secret does not appear on the terminal.
  const lines = createInterface({ input: stdin, output: new PassThrough().resume(), terminal: true })
  // The question is written after `createInterface`, because from then on the terminal does not show typed characters.
  stderr.write(question)
  try {
    return await askOn(lines, '', signal)
  } finally {
    stderr.write('\n')
  }
}

/** @throws InterruptedError if the input ends, for example after Ctrl-D */
async function askOn(lines: Interface, question: string, signal: AbortSignal): Promise<string> {
  // While readline reads, it handles Ctrl-C itself. So the signal is passed on to the handlers of the process.
  lines.on('SIGINT', () => process.emit('SIGINT'))
  // After the end of the input, `question` never settles.
  const ended = Promise.withResolvers<never>()
  lines.once('close', () => ended.reject(new InterruptedError('Interrupted: the input has ended.')))
  try {
    return await Promise.race([lines.question(question, { signal }), ended.promise])
  } finally {
    lines.close()
  }
}

/** Follows https://no-color.org. FORCE_COLOR turns colors on for pipes, for example into a pager. */
function wantsColors(env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream): boolean {
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && stream.hasColors?.() === true
}
