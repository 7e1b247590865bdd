/**
 * What a sample file shows: the lines between `// #show` and `// #end` (or the end), without the indentation they share.
 * The file around them is what makes the lines compile.
 */
export function snippet(source: string): string {
  const lines = source.split('\n')
  const start = lines.findIndex(line => line.trim() === '// #show') + 1
  const end = lines.findIndex(line => line.trim() === '// #end')
  const shown = lines.slice(start, end < 0 ? undefined : end)
  const indents = shown.filter(line => line.trim()).map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return shown
    .map(line => line.slice(indent))
    .join('\n')
    .trim()
}
