import type { Bytes } from '../bytes.ts'

export interface BodyLimits {
  readonly encoding: string | undefined
  readonly maxBytes: number
}

/** Decompresses a body, decodes UTF-8 and removes a byte order mark. Rejects if the body cannot be decoded. */
export async function decodeBody(bytes: Bytes, { encoding = '', maxBytes }: BodyLimits): Promise<string> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // Empty elements of a list have no meaning. Several codings are listed in the order in which they were applied.
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
  let plain: Buffer = body
  for (const coding of codings.toReversed()) {
    if (coding === '' || coding === 'identity') continue
    if (!/^(x-)?gzip$/.test(coding)) {
      // The value is not quoted, because a server may repeat a secret of the request in it.
      throw new Error('The response has a content encoding that was not requested')
    }
    if (plain.length > 0) plain = await gunzip(plain, maxBytes)
  }
  return plain.toString('utf8').replace(/^\uFEFF/, '')
}

const gunzip = (body: Buffer, maxOutputLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { gunzip } = process.getBuiltinModule('node:zlib')
    gunzip(body, { maxOutputLength }, (error, unzipped) => (error ? reject(error) : resolve(unzipped)))
  })
