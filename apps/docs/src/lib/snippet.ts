/**
 * Returns the part of a sample file that a page shows: the lines between `// #show` and `// #end` (or the end of the file)
 * without their common indentation. If a file has several such regions, the function joins them. It leaves out lines
 * that end with `// #hide`. The
 * rest of the file makes these lines compile and run.
 *
 * @param part the name of the regions to return, which begin with `// #show <part>`. Without `part`, the function returns the regions
 * without a name
 */
export function extractSnippet(source: string, part = ''): string {
  const regions: string[][] = []
  let region: string[] | undefined
  for (const line of source.split('\n')) {
    const [, mark, name = ''] = /^\s*\/\/ #(show|end|prints)(?: (\S+))?$/.exec(line) ?? []
    if (mark) region = mark === 'show' && name === part ? [] : undefined
    if (mark && region) regions.push(region)
    if (!mark && !line.endsWith('// #hide')) region?.push(line)
  }
  const shown = regions.length > 0 || part ? regions : [source.split('\n')]
  if (shown.length === 0) throw new Error(`The sample has no line "// #show ${part}"`)
  return shown.map(removeIndentation).join('\n\n')
}

/** Returns the output that a sample declares in the comment after `// #prints`, or `undefined` if it declares none. */
export function readExpectedOutput(source: string): string | undefined {
  const [, comment] = /^\/\/ #prints\n([\s\S]+)/m.exec(source) ?? []
  return comment?.trimEnd().replaceAll(/^\/\/ ?/gm, '')
}

function removeIndentation(lines: readonly string[]): string {
  const indents = lines.filter(line => line.trim()).map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return lines
    .map(line => line.slice(indent))
    .join('\n')
    .trim()
}
