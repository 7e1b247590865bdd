import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Exchange } from './exchange.ts'
import { parseHarEntry, parseLine } from './parse-entry.ts'
import { createLineSplitter } from './split-lines.ts'
import { createObjectSplitter } from './split-objects.ts'

/** A part of a file that is not an exchange. */
export interface BrokenPart {
  readonly file: string
  /** Line of an NDJSON file, or number of the entry of a HAR file, from 1. */
  readonly line: number
  readonly reason: string
}

/** An exchange and its position in a file. */
export interface LocatedExchange {
  readonly exchange: Exchange
  /** Line of an NDJSON file, or number of the entry of a HAR file, from 1. */
  readonly line: number
}

const chunkSize = 65_536

/**
 * Reads the exchanges of a file in NDJSON or HAR format, which can be compressed with gzip. The content shows which format the file
 * has. The file can have any size, because the memory holds only one chunk and one exchange. Yields the exchanges of each chunk.
 * Callers must read them before they request the next chunk.
 *
 * @param file path, or a stream of bytes with a name for messages
 * @param onBroken called for each line or entry that is not an exchange
 * @throws the error of the file system if the file cannot be read
 */
export async function* readTraffic(
  file: string | { readonly name: string; readonly stream: AsyncIterable<Uint8Array> },
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  const { name, stream } =
    typeof file === 'string' ? { name: file, stream: createReadStream(file, { highWaterMark: chunkSize }) } : file
  const { head, chunks } = await peek(toBuffers(stream))
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unzipped = Readable.from(chunks).pipe(createGunzip({ chunkSize }))
    try {
      const inner = await peek(toBuffers(unzipped))
      yield* readChunks(name, inner.head, inner.chunks, onBroken)
    } catch (error) {
      if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
      onBroken({ file: name, line: 0, reason: `The gzip data is invalid: ${(error as Error).message}.` })
    }
  } else yield* readChunks(name, head, chunks, onBroken)
}

const readChunks = (
  name: string,
  head: Buffer,
  chunks: AsyncIterable<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> => (isHar(name, head) ? readHar : readNdjson)(name, chunks, onBroken)

/** A HAR file is one object with the member `log`. */
const isHar = (name: string, head: Buffer): boolean =>
  /^\uFEFF?\s*\{\s*"log"\s*:/.test(head.toString('utf8', 0, 1000)) || /\.har(\.gz)?$/i.test(name)

async function* readNdjson(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  const splitter = createLineSplitter()
  let line = 0
  // Each exchange is parsed when it is needed, so that the memory holds only one.
  function* parse(texts: Iterable<string>): Generator<LocatedExchange> {
    for (const text of texts) {
      line++
      if (text.length === 0 || text.trim() === '') continue
      let exchange: Exchange | undefined
      try {
        exchange = parseLine(text)
      } catch (error) {
        onBroken({ file, line, reason: (error as Error).message })
      }
      if (exchange) yield { exchange, line }
    }
  }
  for await (const chunk of chunks) yield parse(splitter.push(chunk))
  const last = splitter.end()
  if (last !== undefined) yield parse([last])
}

async function* readHar(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  let line = 0
  const entryDepth = 3
  const splitter = createObjectSplitter(entryDepth)
  function* parse(texts: Iterable<string>): Generator<LocatedExchange> {
    for (const text of texts) {
      let exchange: Exchange | undefined
      try {
        exchange = parseHarEntry(text)
        if (exchange) line++
      } catch (error) {
        line++
        onBroken({ file, line, reason: (error as Error).message })
      }
      if (exchange) yield { exchange, line }
    }
  }
  for await (const chunk of chunks) {
    yield parse(splitter.push(chunk))
    if (splitter.problem !== undefined) break
  }
  const reason = splitter.problem ?? splitter.end()
  if (reason !== undefined) onBroken({ file, line: line + 1, reason })
}

async function* toBuffers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
}

/** Reads the first chunk, and returns it together with an iterable of all chunks. */
async function peek(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; chunks: AsyncGenerator<Buffer> }> {
  const first = await chunks.next()
  const head = first.done ? Buffer.alloc(0) : first.value
  async function* all(): AsyncGenerator<Buffer> {
    if (first.done) return
    yield head
    yield* chunks
  }
  return { head, chunks: all() }
}
