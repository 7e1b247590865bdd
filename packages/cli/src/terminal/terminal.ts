import { setMaxListeners } from 'node:events'
import { styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** What the command reads, writes and knows of its surroundings. Tests give their own. */
export interface Terminal {
  /** Writes a text to standard output; resolves when there is room for more. */
  print(text: string): Promise<void>
  /** Writes a line to standard error. */
  note(line: string): void
  /** All of standard input. */
  read(): Promise<string>
  /** Standard output is a terminal: columns are fitted, times are relative, lists are redrawn in place. */
  readonly interactive: boolean
  /** Columns and rows of the terminal now; endless where the output is none. */
  size(): { readonly columns: number; readonly rows: number }
  /** The text in a style, or as it is where there are to be no colours. */
  paint(style: Style, text: string): string
  /** Ends with Ctrl-C. */
  readonly signal: AbortSignal
  readonly env: { readonly [name: string]: string | undefined }
  now(): number
}

/** Ctrl-C, as the reason of the terminal's signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The real one. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  // Many calls side by side listen to one signal; older versions of Node take that for a leak.
  setMaxListeners(0)
  const controller = new AbortController()
  // Once: a second Ctrl-C ends the process the hard way.
  process.once('SIGINT', () => controller.abort(new Interrupted('interrupted')))
  // Whoever reads us has read enough (`| head`).
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const colours = wantsColours(env, stdout)
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
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
    signal: controller.signal,
    env,
    now: Date.now,
  }
}

/** https://no-color.org, and FORCE_COLOR for pipes into a pager. */
function wantsColours(env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] !== undefined) return !/^(0|false)$/.test(env['FORCE_COLOR'])
  return stream.isTTY === true && stream.hasColors?.() === true
}
