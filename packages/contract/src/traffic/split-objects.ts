import { createParts, maxTextLength } from './split-lines.ts'

const [quote = 0, backslash = 0, openBrace = 0, closeBrace = 0, openBracket = 0, closeBracket = 0] =
  Buffer.from('"\\{}[]')

/** Finds the objects at one nesting depth of a JSON text that is passed in chunks. */
export interface ObjectSplitter {
  /**
   * Yields the texts of the objects that end in a chunk, or `undefined` for an object that is too long. Callers must read these
   * texts before they pass the next chunk.
   */
  push(chunk: Buffer): Generator<string | undefined>
  /** Set if the JSON closes more brackets than it opens. */
  readonly problem: string | undefined
  /** Returns why the JSON is not complete, or `undefined` if it is complete. */
  end(): string | undefined
}

/** The bytes of an object in a chunk. If the object began in an earlier chunk, `start` is 0. */
interface Section {
  readonly start: number
  readonly end: number
}

/**
 * @param depth the number of braces and brackets around each object: 3 for the entries of a HAR file
 * @param maxLength the maximum number of bytes of an object
 */
export function createObjectSplitter(depth: number, maxLength = maxTextLength): ObjectSplitter {
  let level = 0
  let isInString = false
  /** Whether the previous chunk ended with a backslash in a string. */
  let isEscaped = false
  let isEmpty = true
  let isInObject = false
  /** The parts of an object that began in an earlier chunk. */
  const parts = createParts(maxLength)
  let size = 0
  let problem: string | undefined

  /** Returns the index after the end of a string, or the length of the chunk if the string continues in the next chunk. */
  function skipString(chunk: Buffer, start: number): number {
    const { length } = chunk
    let index = start
    // Most bytes are in strings, so this loop determines the speed.
    while (index < length) {
      const byte = chunk[index++]
      if (byte === quote) {
        isInString = false
        return index
      }
      if (byte === backslash) index++
    }
    isInString = true
    isEscaped = index > length
    return length
  }

  /** Finds the objects that end in a chunk, and the start of the object that continues in the next chunk. */
  function findObjects(chunk: Buffer): { readonly sections: readonly Section[]; readonly openStart: number } {
    const { length } = chunk
    const sections: Section[] = []
    let start = 0
    let index = isInString ? skipString(chunk, isEscaped ? 1 : 0) : 0
    while (index < length) {
      const byte = chunk[index++]
      if (byte === quote) index = skipString(chunk, index)
      else if (byte === openBrace || byte === openBracket) {
        if (byte === openBrace && level === depth) {
          start = index - 1
          isInObject = true
        }
        level++
        isEmpty = false
      } else if (byte === closeBrace || byte === closeBracket) {
        level--
        if (level < 0) {
          problem = `Unexpected closing bracket at byte ${size + index - 1}.`
          break
        }
        if (isInObject && level === depth) {
          isInObject = false
          sections.push({ start, end: index })
        }
      }
    }
    size += length
    return { sections, openStart: start }
  }

  return {
    get problem() {
      return problem
    },
    *push(chunk) {
      // A function runs faster than a generator, so a function searches the bytes.
      const { sections, openStart } = findObjects(chunk)
      for (const { start, end } of sections) yield parts.join(chunk, start, end)
      if (isInObject) parts.add(chunk.subarray(openStart))
    },
    end() {
      if (isEmpty) return 'The file contains no JSON object.'
      return level > 0 ? `The file is truncated: it ends after ${size} bytes, inside a value.` : undefined
    },
  }
}
