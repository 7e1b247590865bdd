import { closeSync, constants, createReadStream, fstatSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { addAbortSignal, type Readable } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'

/** The maximum size in bytes of a file that is read as a whole. All request bodies are much smaller. */
const maxInputSize = 16_000_000

/** A stream is larger than 16 MB. */
export class InputSizeError extends Error {
  override readonly name = 'InputSizeError'

  constructor() {
    super(`It is larger than ${maxInputSize / 1_000_000} MB.`)
  }
}

/**
 * Opens a file, a pipe or a terminal as a stream of bytes. Pipes and terminals are opened without blocking. Otherwise, a system call would
 * keep the process alive until the other end of the pipe writes or closes, even after `process.exit`.
 *
 * @param signal destroys the stream. Reading then throws an error
 * @throws the error of the file system if the path cannot be opened or is a directory
 */
export function openInput(path: string, signal: AbortSignal): Readable {
  // Windows does not have the flag.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    return addAbortSignal(signal, createStream(fd))
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function createStream(fd: number): Readable {
  const info = fstatSync(fd)
  if (info.isDirectory()) throw Object.assign(new Error('It is a directory.'), { code: 'EISDIR' })
  if (info.isFIFO()) return new Socket({ fd, readable: true, writable: false })
  // The stream ignores the empty path, because it has a file descriptor.
  return isatty(fd) ? new ReadStream(fd) : createReadStream('', { fd })
}

/**
 * Reads a stream to its end, as UTF-8.
 *
 * @throws InputSizeError if the stream is larger than 16 MB
 */
export async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxInputSize) throw new InputSizeError()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
