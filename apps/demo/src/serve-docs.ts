import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'

const site = fileURLToPath(new URL('../../docs/dist', import.meta.url))

export interface DocsServer {
  readonly origin: string
  close(): Promise<void>
}

/** Serves the built documentation on loopback. */
export async function serveDocs(port: number): Promise<DocsServer> {
  if (!existsSync(site)) throw new Error('The documentation is not built. Run `pnpm build` first.')
  const files = sirv(site)
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isInUse = error.code === 'EADDRINUSE'
      reject(isInUse ? new Error(`Port ${port} is in use. Choose another one with --docs-port.`) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
