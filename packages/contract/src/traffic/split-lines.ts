const newline = 0x0a

/** Splits a stream of bytes into lines, without the line ends. Yields the lines of each chunk together. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  // A line can be longer than many chunks, so its parts are joined only once.
  let parts: Buffer[] = []
  for await (const chunk of chunks) {
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const part = chunk.subarray(start, end)
      lines.push(parts.length === 0 ? part.toString('utf8') : Buffer.concat([...parts, part]).toString('utf8'))
      parts = []
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (parts.length > 0) yield [Buffer.concat(parts).toString('utf8')]
}
