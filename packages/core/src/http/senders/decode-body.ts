import type { Bytes } from '../bytes.ts'

export interface BodyLimits {
  readonly encoding: string | undefined
  readonly maxBytes: number
}

/** Decompresses a body, decodes UTF-8 and removes a byte order mark. Rejects if the body cannot be decoded. */
export async function decodeBody(bytes: Bytes, { encoding = '', maxBytes }: BodyLimits): Promise<string> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const isGzip = /^(x-)?gzip$/i.test(encoding)
  if (encoding && !isGzip && encoding !== 'identity') {
    // The value is not quoted, because a server may repeat a secret of the request in it.
    throw new Error('The response has a content encoding that was not requested')
  }
  const plain = isGzip && body.length > 0 ? await gunzip(body, maxBytes) : body
  return plain.toString('utf8').replace(/^\uFEFF/, '')
}

const gunzip = (body: Buffer, maxOutputLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { gunzip } = process.getBuiltinModule('node:zlib')
    gunzip(body, { maxOutputLength }, (error, unzipped) => (error ? reject(error) : resolve(unzipped)))
  })
