import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { specUrl } from '@jobscope/specs'

/** A server that runs in a separate process and accepts requests. */
export interface RunningServer {
  readonly port: number
  /** The base URL for the paths of the spec. */
  readonly prefix: string
  /** Sends a request, over a connection that is kept open, and returns status and body. */
  call(path: string, method?: string, body?: string): Promise<{ readonly status: number; readonly text: string }>
  stop(): Promise<void>
}

const require = createRequire(import.meta.url)

const findBin = (name: string, bin: string): string => {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin: bins } = require(manifest) as { readonly bin: { readonly [name: string]: string } }
  return join(dirname(manifest), bins[bin] ?? '')
}

/** Starts Prism's own command with the spec of DLI and default options. */
export const startPrism = (): Promise<RunningServer> =>
  start(port => {
    const spec = fileURLToPath(specUrl('dli'))
    return [findBin('@stoplight/prism-cli', 'prism'), 'mock', '--port', port, spec]
  }, '')

/** Starts the command of the mock with the service DLI. */
export const startMock = (...flags: readonly string[]): Promise<RunningServer> =>
  start(port => [findBin('@jobscope/mock', 'jobscope-mock'), '--port', port, '--services', 'dli', ...flags], '/dli')

async function start(command: (port: string) => readonly string[], prefix: string): Promise<RunningServer> {
  const port = await findFreePort()
  const child = spawn(process.execPath, command(`${port}`), { stdio: 'ignore' })
  const agent = new Agent({ keepAlive: true })
  const exited = once(child, 'exit')
  const server: RunningServer = {
    port,
    prefix,
    async call(path, method = 'GET', body) {
      const headers = { 'X-Auth-Token': 't', ...(body !== undefined && { 'Content-Type': 'application/json' }) }
      const sending = request({ host: '127.0.0.1', port, path: prefix + path, method, headers, agent })
      sending.end(body)
      const [response] = (await once(sending, 'response')) as [IncomingMessage]
      const chunks = (await response.toArray()) as Buffer[]
      return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }
    },
    async stop() {
      agent.destroy()
      child.kill('SIGKILL')
      await exited
    },
  }
  while (child.exitCode === null) {
    const isReady = await server.call('/').then(
      () => true,
      () => false,
    )
    if (isReady) return server
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  throw new Error(`${command('').join(' ')} exited with code ${child.exitCode}`)
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
