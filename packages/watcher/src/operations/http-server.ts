import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

export interface HttpOptions {
  readonly host: string
  readonly port: number
  /** Returns whether the watcher polls and reaches its database. */
  readonly isReady: () => Promise<boolean>
  readonly metrics: { readonly contentType: string; readonly read: () => Promise<string> }
}

/** Serves `/healthz`, `/readyz` and `/metrics`. */
export async function startHttpServer({ host, port, isReady, metrics }: HttpOptions): Promise<Server> {
  const respond = async (path: string | undefined): Promise<readonly [status: number, body: string, type?: string]> => {
    if (path === '/healthz') return [200, 'ok\n']
    if (path === '/readyz') return (await isReady()) ? [200, 'ready\n'] : [503, 'not ready\n']
    if (path === '/metrics') return [200, await metrics.read(), metrics.contentType]
    return [404, 'Not found. Use /healthz, /readyz or /metrics.\n']
  }
  const server = createServer(async (request, response) => {
    const [status, body, type = 'text/plain; charset=utf-8'] = await respond(request.url).catch(
      () => [503, 'The database cannot be reached.\n'] as const,
    )
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}
