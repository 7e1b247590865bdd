const newline = 0x0a

/** Splits chunks of bytes into lines, without the line ends. */
export interface LineSplitter {
  /** Yields the lines that end in a chunk. Callers must read these lines before they pass the next chunk. */
  push(chunk: Buffer): Generator<string>
  /** Returns the last line if it has no line end. */
  end(): string | undefined
}

export function createLineSplitter(): LineSplitter {
  // A line can span many chunks, so its parts are collected and joined only once.
  let parts: Buffer[] = []
  return {
    *push(chunk) {
      let start = 0
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (parts.length === 0) yield chunk.toString('utf8', start, end)
        else {
          const whole = Buffer.concat([...parts, chunk.subarray(start, end)])
          parts = []
          yield whole.toString('utf8')
        }
        start = end + 1
      }
      if (start < chunk.length) parts.push(chunk.subarray(start))
    },
    end: () => (parts.length > 0 ? Buffer.concat(parts).toString('utf8') : undefined),
  }
}
