import type { IncomingMessage } from 'node:http'

/**
 * Reads the body. Returns `undefined` if it is longer than `limit` bytes. In that case the rest of the body is still read and
 * discarded, because a client whose connection is closed while it sends never sees the response.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  // Each chunk is copied. A body of many small chunks would need far more memory than its bytes.
  let buffer: Buffer = Buffer.alloc(0)
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    const start = length
    length += chunk.length
    if (length > limit) {
      buffer = Buffer.alloc(0)
      continue
    }
    if (length > buffer.length) buffer = grow(buffer, Math.min(limit, Math.max(length, buffer.length * 2, 1024)))
    chunk.copy(buffer, start)
  }
  return length <= limit ? buffer.subarray(0, length) : undefined
}

function grow(buffer: Buffer, length: number): Buffer {
  const grown = Buffer.alloc(length)
  buffer.copy(grown)
  return grown
}
