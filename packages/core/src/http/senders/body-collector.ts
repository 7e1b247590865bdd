import type { Bytes } from '../bytes.ts'
import { createBodyTooLargeError } from './sender.ts'

export interface BodyCollector {
  /** @throws an error with the code `bodyTooLargeCode` if the body has more than `maxBytes` */
  add(chunk: Bytes): void
  /** Returns the body. */
  join(): Bytes
}

/**
 * Creates a collector that joins the chunks of a response body. The chunks are copied into one array that doubles its size when it is full. A list of the chunks
 * would need much more memory than the body if a server sends one byte at a time.
 */
export function createBodyCollector(maxBytes: number): BodyCollector {
  let bytes: Bytes = new Uint8Array()
  let size = 0
  return {
    add(chunk) {
      const start = size
      size += chunk.length
      if (size > maxBytes) throw createBodyTooLargeError()
      if (start === 0) {
        // Most bodies have one chunk, which is not copied.
        bytes = chunk
        return
      }
      if (size > bytes.length) {
        const larger = new Uint8Array(Math.max(size, 2 * bytes.length))
        larger.set(bytes)
        bytes = larger
      }
      bytes.set(chunk, start)
    },
    join: () => bytes.subarray(0, size),
  }
}
