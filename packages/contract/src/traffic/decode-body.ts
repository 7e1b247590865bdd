import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { addBinaryLength, type RecordedHeaders, readHeader } from './exchange.ts'

/**
 * The maximum length of a body after decompression, in bytes. Without this limit, a small compressed body could expand to many gigabytes.
 */
const maxOutputLength = 268_435_456

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer

const decoders: { readonly [encoding: string]: Decoder } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The body of a message as text, and the headers of the message. */
export interface DecodedMessage {
  readonly headers: RecordedHeaders | undefined
  /** `undefined` if the body is empty or binary. */
  readonly body: string | undefined
}

/** Decodes the body of a message. Adds the length of a binary or truncated body to the headers, so that it does not count as missing. */
export function decodeMessage(bytes: Buffer, headers: RecordedHeaders | undefined): DecodedMessage {
  const body = bytes.length > 0 ? decodeBody(bytes, readHeader(headers, 'content-encoding')) : undefined
  return { headers: body === undefined ? addBinaryLength(headers, bytes.length) : headers, body }
}

/**
 * Decodes a body to text.
 *
 * @param encoding value of `Content-Encoding`. A recording can contain this header although its body is already decoded. So a body
 * that cannot be decompressed is returned unchanged.
 * @returns `undefined` if the body is binary, or if it is compressed and truncated
 */
function decodeBody(bytes: Buffer, encoding = ''): string | undefined {
  const decode = decoders[encoding.trim().toLowerCase()] ?? (isGzip(bytes) ? gunzipSync : undefined)
  return decodeText(decode === undefined ? bytes : decompress(bytes, decode))
}

function decompress(bytes: Buffer, decode: Decoder): Buffer {
  try {
    return decode(bytes, { maxOutputLength })
  } catch {
    return bytes
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeText(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
