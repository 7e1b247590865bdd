import type { Passage } from './passage.ts'

/** Extracts the `#` comments of a shell script or of an incomplete YAML block. */
export function extractComments(source: string, firstLine = 1): Passage[] {
  const passages: { line: number; text: string; lastLine: number }[] = []
  for (const [index, text] of source.split('\n').entries()) {
    const line = firstLine + index
    const comment = /(^|\s)#+\s(.*)$/.exec(text)
    if (!comment) continue
    const whole = /^\s*#/.test(text)
    const last = passages.at(-1)
    if (whole && last?.lastLine === line - 1) {
      last.text += `\n${comment[2]}`
      last.lastLine = line
    } else passages.push({ line, text: comment[2] ?? '', lastLine: whole ? line : 0 })
  }
  return passages.map(({ line, text }) => ({ line, text }))
}
