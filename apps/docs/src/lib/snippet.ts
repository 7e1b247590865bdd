/**
 * What a sample file shows: the lines between `// #show` and `// #end` (or the end of the file), without the indentation they
 * share; of several such regions one after the other. A line that ends in `// #hide` is left out. The file around them is what
 * makes the lines compile and run.
 *
 * @param part shows the regions marked `// #show <part>` instead of those without a name
 */
export function snippet(source: string, part = ''): string {
  const regions: string[][] = []
  let region: string[] | undefined
  for (const line of source.split('\n')) {
    const [, mark, name = ''] = /^\s*\/\/ #(show|end|prints)(?: (\S+))?$/.exec(line) ?? []
    if (mark) region = mark === 'show' && name === part ? [] : undefined
    if (mark && region) regions.push(region)
    if (!mark && !line.endsWith('// #hide')) region?.push(line)
  }
  const shown = regions.length > 0 || part ? regions : [source.split('\n')]
  if (shown.length === 0) throw new Error(`No line says // #show ${part}`)
  return shown.map(unindented).join('\n\n')
}

/** What a sample prints, by the comment after `// #prints` at its end; `undefined` where it has none. */
export function prints(source: string): string | undefined {
  const [, comment] = /^\/\/ #prints\n([\s\S]+)/m.exec(source) ?? []
  return comment?.trimEnd().replaceAll(/^\/\/ ?/gm, '')
}

function unindented(lines: readonly string[]): string {
  const indents = lines.filter(line => line.trim()).map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return lines
    .map(line => line.slice(indent))
    .join('\n')
    .trim()
}
