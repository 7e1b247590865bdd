import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { detectFormat, type Format, maxHeadLength } from './detect-format.ts'
import type { Exchange } from './exchange.ts'
import { isStackOverflow, nestedTooDeeply } from './nesting.ts'
import { parseHarEntry, parseLine } from './parse-entry.ts'
import { createLineSplitter, maxTextLength } from './split-lines.ts'
import { createObjectSplitter } from './split-objects.ts'

/** A part of a file that is not an exchange. */
export interface BrokenPart {
  readonly file: string
  /** Line of an NDJSON file, or number of the entry of a HAR file, from 1. 0 if the problem concerns the whole file. */
  readonly line: number
  readonly reason: string
}

/** An exchange and its position in a file. */
export interface LocatedExchange {
  readonly exchange: Exchange
  /** Line of an NDJSON file, or number of the entry of a HAR file, from 1. */
  readonly line: number
}

// Each read has a fixed cost, so smaller chunks would be slower. Larger chunks would not be faster.
const chunkSize = 262_144

/**
 * Reads the exchanges of a file in NDJSON or HAR format. The file can be compressed with gzip. Its format is detected from its content.
 * It can have any size, because only one chunk and one exchange are in memory. Yields the exchanges of each chunk. Callers must read
 * these exchanges before they request the next chunk.
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
  const { head, chunks } = await peek(toBuffers(stream), ({ length }) => length >= 2)
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unzipped = unzip(chunks, message =>
      onBroken({ file: name, line: 0, reason: `The gzip data is invalid: ${message}.` }),
    )
    yield* readChunks(name, unzipped, onBroken)
  } else yield* readChunks(name, chunks, onBroken)
}

/** What to do about a format that cannot be read. */
const unreadable: { readonly [format in Format]?: string } = {
  array: 'The file is a JSON array. Write each item on its own line (NDJSON), for example with jq -c ".[]".',
  'multi-line':
    'The JSON of an exchange spans several lines. Write each exchange on its own line (NDJSON), for example with jq -c ".".',
  'utf-16': 'The file is encoded as UTF-16. Convert it to UTF-8, for example with iconv -f UTF-16 -t UTF-8.',
}

async function* readChunks(
  file: string,
  all: AsyncGenerator<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  const isEnough = (head: Buffer) => head.length >= maxHeadLength || detectFormat(head) !== undefined
  const { head, chunks } = await peek(all, isEnough)
  const format = detectFormat(head) ?? (/\.har(\.gz)?$/i.test(file) ? 'har' : 'ndjson')
  const reason = unreadable[format]
  if (reason === undefined) yield* (format === 'har' ? readHar : readNdjson)(file, chunks, onBroken)
  else {
    await chunks.return(undefined)
    onBroken({ file, line: 0, reason })
  }
}

const tooLong = `It is longer than ${Math.floor(maxTextLength / 1_000_000)} MB.`

/** Describes why a text cannot be parsed. */
const describeProblem = (error: unknown): string =>
  isStackOverflow(error) ? nestedTooDeeply : (error as Error).message

async function* readNdjson(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  const splitter = createLineSplitter()
  let line = 0
  // Each exchange is parsed when it is needed, so that only one exchange is in memory.
  function* parse(texts: Iterable<string | undefined>): Generator<LocatedExchange> {
    for (const text of texts) {
      line++
      if (text === undefined) onBroken({ file, line, reason: tooLong })
      if (text === undefined || text.length === 0 || text.trim() === '') continue
      let exchange: Exchange | undefined
      try {
        // A file can begin with a byte order mark.
        exchange = parseLine(line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text)
      } catch (error) {
        onBroken({ file, line, reason: describeProblem(error) })
      }
      if (exchange) yield { exchange, line }
    }
  }
  for await (const chunk of chunks) yield parse(splitter.push(chunk))
  yield parse(splitter.end())
}

async function* readHar(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onBroken: (part: BrokenPart) => void,
): AsyncGenerator<Iterable<LocatedExchange>> {
  let line = 0
  const entryDepth = 3
  const splitter = createObjectSplitter(entryDepth)
  function* parse(texts: Iterable<string | undefined>): Generator<LocatedExchange> {
    for (const text of texts) {
      if (text === undefined) {
        line++
        onBroken({ file, line, reason: tooLong })
        continue
      }
      let exchange: Exchange | undefined
      try {
        exchange = parseHarEntry(text)
        if (exchange) line++
      } catch (error) {
        line++
        onBroken({ file, line, reason: describeProblem(error) })
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

/**
 * The number of compressed bytes that are decompressed at a time. It is small because the output can have a thousand times as many bytes.
 */
const sliceSize = 16_384

/**
 * The last bytes of a file are decompressed one by one. If other bytes follow the gzip data, they cause an error, and the output of the
 * slice that contains them is lost.
 */
const tailSize = 1024

async function* slice(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    const end = bytes.length - tailSize
    for (let start = 0; start < end; start += sliceSize) yield bytes.subarray(start, Math.min(start + sliceSize, end))
    held = bytes.subarray(Math.max(end, 0))
  }
  for (let index = 0; index < held.length; index++) yield held.subarray(index, index + 1)
}

/** Decompresses gzip. If the data is invalid or truncated, yields what comes before the invalid part. */
async function* unzip(chunks: AsyncIterable<Buffer>, onInvalid: (message: string) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize })
  let problem: string | undefined
  let unzipped: Buffer[] = []
  gunzip.on('data', (chunk: Buffer) => unzipped.push(chunk))
  const failed = new Promise<void>(resolve => {
    gunzip.on('error', error => {
      problem = error.message
      resolve()
    })
  })
  function* take(): Generator<Buffer> {
    const ready = unzipped
    unzipped = []
    yield* ready
  }
  for await (const part of slice(chunks)) {
    await Promise.race([new Promise(resolve => gunzip.write(part, resolve)), failed])
    yield* take()
    if (problem !== undefined) break
  }
  if (problem === undefined) await Promise.race([new Promise(resolve => gunzip.once('end', resolve).end()), failed])
  yield* take()
  if (problem !== undefined) onInvalid(problem)
}

async function* toBuffers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
}

/** Reads chunks until `isEnough` returns true for their bytes. Returns these bytes, and an iterable of all chunks. */
async function peek(
  chunks: AsyncGenerator<Buffer>,
  isEnough: (head: Buffer) => boolean,
): Promise<{ head: Buffer; chunks: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0)
  while (!isEnough(head)) {
    const next = await chunks.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    yield* chunks
  }
  return { head, chunks: all() }
}
