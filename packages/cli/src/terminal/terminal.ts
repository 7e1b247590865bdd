import { setMaxListeners } from 'node:events'
import { styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** The input, output and environment of the command. Tests pass a fake. */
export interface Terminal {
  /** Writes a text to standard output. Resolves when more can be written. */
  print(text: string): Promise<void>
  /** Writes a line to standard error. */
  note(line: string): void
  /** Reads standard input to its end. */
  read(): Promise<string>
  /** Whether standard output is a terminal: then tables fit its width, times are relative, and `watch` redraws in place. */
  readonly interactive: boolean
  /** The current size of the terminal. Infinite if standard output is not a terminal. */
  size(): { readonly columns: number; readonly rows: number }
  /** Applies a style, unless colors are turned off. */
  paint(style: Style, text: string): string
  /** Aborts when Ctrl-C is pressed. */
  readonly signal: AbortSignal
  readonly env: { readonly [name: string]: string | undefined }
  /** The current time in epoch ms. */
  now(): number
}

/** Ctrl-C was pressed. Also the reason of the terminal's abort signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  // Many concurrent calls listen to one abort signal. Older versions of Node report that as a leak.
  setMaxListeners(0)
  const controller = new AbortController()
  // Handled once, so that a second Ctrl-C kills the process.
  process.once('SIGINT', () => controller.abort(new InterruptedError('Interrupted.')))
  // A reader such as `head` may close the pipe early. That is not an error.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const useColors = wantsColors(env, stdout)
  return {
    print: text =>
      new Promise(resolve => {
        if (stdout.write(text)) resolve()
        else stdout.once('drain', resolve)
      }),
    note: line => void stderr.write(`${line}\n`),
    async read() {
      const chunks: Buffer[] = []
      for await (const chunk of stdin) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString('utf8')
    },
    interactive: stdout.isTTY === true,
    size: () =>
      stdout.isTTY
        ? { columns: stdout.columns || 80, rows: stdout.rows || 24 }
        : { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
    paint: (style, text) => (useColors ? styleText(style, text, { validateStream: false }) : text),
    signal: controller.signal,
    env,
    now: Date.now,
  }
}

/** Follows https://no-color.org. FORCE_COLOR turns colors on for pipes, for example into a pager. */
function wantsColors(env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream): boolean {
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && stream.hasColors?.() === true
}
