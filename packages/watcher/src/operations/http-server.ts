import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

export interface HttpOptions {
  readonly host: string
  readonly port: number
  /** Returns whether the watcher polls and reaches its database. */
  readonly isReady: () => Promise<boolean>
  readonly metrics: { readonly contentType: string; readonly read: () => Promise<string> }
}

function getAdvice(code: string | undefined): string {
  if (code === 'EADDRINUSE') return 'Another process uses this port. Set http.port to another port.'
  if (code === 'EACCES') return 'Set http.port to a port from 1024 on.'
  return 'Set http.host to an address of this machine.'
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
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot serve HTTP at ${host}:${port} (${error.code ?? error.message}). ${getAdvice(error.code)}`)
  })
  return server
}
