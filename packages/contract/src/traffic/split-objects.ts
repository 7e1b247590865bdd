const [quote = 0, backslash = 0, openBrace = 0, closeBrace = 0, openBracket = 0, closeBracket = 0] =
  Buffer.from('"\\{}[]')

/** The file ended before its JSON was complete, or closes more brackets than it opens. */
export class TruncatedJsonError extends SyntaxError {
  override readonly name = 'TruncatedJsonError'
}

/**
 * Finds the objects at one depth in a stream of JSON, and yields their texts. Only one object is in memory at a time.
 *
 * @param depth the number of braces and brackets around each object: 3 for the entries of a HAR file
 * @throws TruncatedJsonError if the file ends too early, after all complete objects
 */
export async function* splitObjects(chunks: AsyncIterable<Buffer>, depth: number): AsyncGenerator<readonly string[]> {
  let level = 0
  let isInString = false
  /** The previous chunk ended with a backslash in a string. */
  let isEscaped = false
  let isEmpty = true
  /** The parts of an object that began in an earlier chunk. */
  let parts: Buffer[] = []
  let isInObject = false
  let size = 0
  for await (const chunk of chunks) {
    const texts: string[] = []
    const { length } = chunk
    size += length
    let start = 0
    let index = 0
    while (index < length) {
      if (isInString) {
        if (isEscaped) {
          isEscaped = false
          index++
        }
        // Most bytes are in strings, so this loop determines the speed.
        while (index < length) {
          const byte = chunk[index++]
          if (byte === quote) {
            isInString = false
            break
          }
          if (byte === backslash && ++index > length) isEscaped = true
        }
        continue
      }
      const byte = chunk[index]
      if (byte === quote) isInString = true
      else if (byte === openBrace || byte === openBracket) {
        if (byte === openBrace && level === depth) {
          start = index
          isInObject = true
        }
        level++
        isEmpty = false
      } else if (byte === closeBrace || byte === closeBracket) {
        level--
        if (level < 0) throw new TruncatedJsonError(`Unexpected closing bracket at byte ${size - length + index}.`)
        if (isInObject && level === depth) {
          texts.push(Buffer.concat([...parts, chunk.subarray(start, index + 1)]).toString('utf8'))
          parts = []
          isInObject = false
        }
      }
      index++
    }
    if (isInObject) parts.push(chunk.subarray(parts.length > 0 ? 0 : start))
    if (texts.length > 0) yield texts
  }
  if (level > 0 || isEmpty) {
    throw new TruncatedJsonError(
      isEmpty
        ? 'The file contains no JSON object.'
        : `The file is truncated: it ends after ${size} bytes, inside a value.`,
    )
  }
}
