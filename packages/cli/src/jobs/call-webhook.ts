/** Maximum time until a webhook responds, in ms. */
const webhookTimeout = 10_000

/**
 * Sends JSON to a webhook with POST. Like all requests of the command, the request uses the global agent, which may use a proxy. The
 * `fetch` of Node would ignore the proxy.
 *
 * @throws Error if the webhook does not respond within 10 s, or responds with an error or a redirect
 */
export async function callWebhook(url: string, body: string, signal: AbortSignal): Promise<void> {
  const { request } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http')
  const limit = AbortSignal.any([signal, AbortSignal.timeout(webhookTimeout)])
  const status = await new Promise<number>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method: 'POST', headers, signal: limit }, response => {
      response.on('error', () => {})
      // The body of the response is not needed.
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    outgoing.on('error', error => reject(limit.aborted ? limit.reason : error))
    outgoing.end(body)
  })
  if (status < 200 || status > 299) throw new Error(`the webhook responded with ${status}`)
}
