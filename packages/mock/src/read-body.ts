import type { IncomingMessage } from 'node:http'

/**
 * Reads the body. Returns `undefined` if it is longer than `limit` bytes. In that case, the function still reads the rest of the body and
 * discards it. If the connection were closed earlier, a client that is still sending would not receive the response.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  // Each chunk is copied into one buffer, because a list of many small chunks would take far more memory than their bytes.
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
