/** The largest accepted response. A metadata service returns only a token or a key, so a larger response comes from another server. */
const maxResponseBytes = 65_536

/**
 * Sends a request to a metadata service, like `fetch`.
 *
 * The request never uses a proxy, even if environment variables set one. The service has a link-local address, and a proxy could read or
 * replace the keys in the response. The request has a separate agent, because Node's global agent may use a proxy.
 */
export const requestMetadata = (
  url: string,
  { method = 'GET', headers, signal }: RequestInit,
): Promise<{ readonly status: number; text(): Promise<string> }> =>
  new Promise((resolve, reject) => {
    // An import statement for node:http would read all exports of the module. Reading them also loads `fetch`, which is not needed here.
    const { Agent, request } = process.getBuiltinModule('node:http')
    const agent = new Agent({ keepAlive: false })
    const fail = (cause: Error) => reject(new TypeError('the request failed', { cause }))
    const outgoing = request(url, { method, headers: headers as Record<string, string>, agent }, incoming => {
      const chunks: Buffer[] = []
      let size = 0
      incoming
        .on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > maxResponseBytes) incoming.destroy(new Error(`more than ${maxResponseBytes} bytes`))
          else chunks.push(chunk)
        })
        .on('error', fail)
        .on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: async () => Buffer.concat(chunks).toString() }),
        )
    })
    outgoing.on('error', fail)
    signal?.addEventListener('abort', () => outgoing.destroy(new Error('aborted')))
    outgoing.end()
  })
