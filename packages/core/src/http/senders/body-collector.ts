import type { Bytes } from '../bytes.ts'
import { createBodyTooLargeError } from './sender.ts'

/**
 * Joins the chunks of a response body. The chunks are copied into one array that doubles its size when it is full. A list of the chunks
 * would need much more memory than the body if a server sends one byte at a time.
 */
export class BodyCollector {
  readonly #maxBytes: number
  #bytes: Bytes = new Uint8Array()
  #size = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** @throws an error with the code `bodyTooLargeCode` if the body has more than `maxBytes` */
  add(chunk: Bytes): void {
    const start = this.#size
    this.#size += chunk.length
    if (this.#size > this.#maxBytes) throw createBodyTooLargeError()
    if (start === 0) {
      // Most bodies have one chunk, which is not copied.
      this.#bytes = chunk
      return
    }
    if (this.#size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#size, 2 * this.#bytes.length))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes.set(chunk, start)
  }

  /** Returns the body. */
  join(): Bytes {
    return this.#bytes.subarray(0, this.#size)
  }
}
