import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineAt, type Passage } from './passage.ts'

export interface Finding {
  readonly file: string
  readonly line: number
  readonly message: string
}

const own = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Checks the wording with `redocly recheck` and the spelling with cspell. */
export async function check(passages: ReadonlyMap<string, readonly Passage[]>): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-prose-'))
  try {
    for (const [file, list] of passages) {
      const target = join(folder, `${file}.md`)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, list.map(({ text }) => `${toParagraph(text)}\n`).join('\n'))
    }
    const found = await Promise.all([checkWording(folder), checkSpelling(folder)])
    return found
      .flat()
      .map(({ file, line, column, message }) => {
        const source = file.slice(0, -'.md'.length)
        const passage = passages.get(source)?.[(line - 1) / 2]
        return { file: source, line: passage ? lineAt(passage, column - 1 - margin.length) : 0, message }
      })
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Each passage becomes a paragraph of one line, so that a phrase is found across line breaks. The paragraph has this prefix, so that
 * Markdown does not parse the paragraph as a list or a heading.
 */
const margin = '· '
const toParagraph = (text: string): string => margin + text.replaceAll('\n', ' ').replace(/[<>]/g, ' ')

interface Match {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

async function checkWording(folder: string): Promise<Match[]> {
  const output = await run('redocly', ['recheck', folder, '--config', own('redocly.yaml'), '--format', 'json'], folder)
  const { issues } = JSON.parse(output.slice(output.indexOf('{'))) as { readonly issues: readonly Match[] }
  return issues.map(({ file, line, column, message }) => ({ file: inFolder(folder, file), line, column, message }))
}

async function checkSpelling(folder: string): Promise<Match[]> {
  const output = await run(
    'cspell',
    [
      '--config',
      own('cspell.json'),
      '--root',
      folder,
      '--no-progress',
      '--no-summary',
      '--no-color',
      '--dot',
      '**/*.md',
    ],
    folder,
  )
  return Array.from(output.matchAll(/^(.+):(\d+):(\d+) - (.+)$/gm), ([, file = '', line, column, message = '']) => ({
    file: inFolder(folder, file),
    line: Number(line),
    column: Number(column),
    message,
  }))
}

const inFolder = (folder: string, file: string): string => (file.startsWith('/') ? relative(folder, file) : file)

/** Runs a command of this package and returns the standard output. Exit code 1 means that the command has findings. */
async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 256 * 1024 * 1024 }
    execFile(own(`node_modules/.bin/${command}`), args, options, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`${command} failed: ${stderr || error.message}`))
      else resolve(stdout)
    })
  })
}
