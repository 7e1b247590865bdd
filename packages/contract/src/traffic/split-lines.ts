import { constants } from 'node:buffer'

const newline = 0x0a

/** The maximum number of bytes of a line or an object. JavaScript cannot represent longer texts. */
export const maxTextLength = constants.MAX_STRING_LENGTH

/** Splits chunks of bytes into lines, without the line ends. */
export interface LineSplitter {
  /**
   * Yields the lines that end in a chunk, or `undefined` for a line that is too long. Callers must read these lines before they pass
   * the next chunk.
   */
  push(chunk: Buffer): Generator<string | undefined>
  /** Yields the last line if it has no line end. */
  end(): Generator<string | undefined>
}

/** @param maxLength the maximum number of bytes of a line */
export function createLineSplitter(maxLength = maxTextLength): LineSplitter {
  const parts = createParts(maxLength)
  return {
    *push(chunk) {
      let start = 0
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        yield parts.join(chunk, start, end)
        start = end + 1
      }
      if (start < chunk.length) parts.add(chunk.subarray(start))
    },
    *end() {
      if (!parts.isEmpty()) yield parts.join(Buffer.alloc(0), 0, 0)
    },
  }
}

/** Collects the parts of a text that spans several chunks, and joins them once. */
export interface Parts {
  isEmpty(): boolean
  add(part: Buffer): void
  /**
   * Removes the collected parts. Returns these parts, followed by `chunk` from `start` to `end`, as text. Returns `undefined` if the
   * text is too long.
   */
  join(chunk: Buffer, start: number, end: number): string | undefined
}

export function createParts(maxLength: number): Parts {
  let parts: Buffer[] = []
  let length = 0
  return {
    isEmpty: () => length === 0,
    add(part) {
      length += part.length
      // A text that is too long cannot be checked, so its parts are not kept. Otherwise they could fill the memory.
      if (length > maxLength) parts = []
      else parts.push(part)
    },
    join(chunk, start, end) {
      const isTooLong = length + end - start > maxLength
      const earlier = parts
      if (length > 0) {
        parts = []
        length = 0
      }
      if (isTooLong) return undefined
      if (earlier.length === 0) return chunk.toString('utf8', start, end)
      return Buffer.concat([...earlier, chunk.subarray(start, end)]).toString('utf8')
    },
  }
}
