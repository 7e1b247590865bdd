const [quote = 0, backslash = 0, openBrace = 0, closeBrace = 0, openBracket = 0, closeBracket = 0] =
  Buffer.from('"\\{}[]')

/** Finds the objects at one depth in chunks of JSON. */
export interface ObjectSplitter {
  /** Yields the texts of the objects that end in a chunk. Callers must read these texts before they pass the next chunk. */
  push(chunk: Buffer): Generator<string>
  /** Set if the JSON closes more brackets than it opens. */
  readonly problem: string | undefined
  /** Returns why the JSON is not complete, or `undefined` if it is. */
  end(): string | undefined
}

/** @param depth the number of braces and brackets around each object: 3 for the entries of a HAR file */
export function createObjectSplitter(depth: number): ObjectSplitter {
  let level = 0
  let isInString = false
  /** The previous chunk ended with a backslash in a string. */
  let isEscaped = false
  let isEmpty = true
  let isInObject = false
  /** The parts of an object that began in an earlier chunk. */
  let parts: Buffer[] = []
  let size = 0
  let problem: string | undefined
  return {
    get problem() {
      return problem
    },
    *push(chunk) {
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
          if (level < 0) {
            problem = `Unexpected closing bracket at byte ${size - length + index}.`
            return
          }
          if (isInObject && level === depth) {
            isInObject = false
            if (parts.length === 0) yield chunk.toString('utf8', start, index + 1)
            else {
              const whole = Buffer.concat([...parts, chunk.subarray(0, index + 1)])
              parts = []
              yield whole.toString('utf8')
            }
          }
        }
        index++
      }
      if (isInObject) parts.push(chunk.subarray(parts.length > 0 ? 0 : start))
    },
    end() {
      if (isEmpty) return 'The file contains no JSON object.'
      return level > 0 ? `The file is truncated: it ends after ${size} bytes, inside a value.` : undefined
    },
  }
}
