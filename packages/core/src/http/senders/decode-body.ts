export interface BodyFormat {
  readonly encoding: string | undefined
  readonly maxBytes: number
}

/** Joins the chunks of a body, decompresses it, decodes UTF-8 and removes a byte order mark. Rejects if the body cannot be decoded. */
export async function decodeBody(chunks: readonly Buffer[], { encoding = '', maxBytes }: BodyFormat): Promise<string> {
  const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  const isGzip = /^(x-)?gzip$/i.test(encoding)
  if (encoding && !isGzip && encoding !== 'identity') {
    throw new Error(`The content encoding ${encoding} was not requested`)
  }
  const bytes = isGzip && body.length > 0 ? await gunzip(body, maxBytes) : body
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

const gunzip = (body: Buffer, maxOutputLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { gunzip } = process.getBuiltinModule('node:zlib')
    gunzip(body, { maxOutputLength }, (error, unzipped) => (error ? reject(error) : resolve(unzipped)))
  })
