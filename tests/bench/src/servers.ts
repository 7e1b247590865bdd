import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { specUrl } from '@jobscope/specs'

/** A server in a process of its own, which answers. */
export interface RunningServer {
  readonly port: number
  /** What stands before the paths of the spec. */
  readonly prefix: string
  /** Status and body of one call; connections are kept. */
  call(path: string, method?: string, body?: string): Promise<{ readonly status: number; readonly text: string }>
  stop(): Promise<void>
}

const require = createRequire(import.meta.url)

const binOf = (name: string, bin: string): string => {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin: bins } = require(manifest) as { readonly bin: { readonly [name: string]: string } }
  return join(dirname(manifest), bins[bin] ?? '')
}

/** Prism's own command line as it comes, for the spec of DLI. */
export const startPrism = (): Promise<RunningServer> =>
  start(port => {
    const spec = fileURLToPath(specUrl('dli'))
    return [binOf('@stoplight/prism-cli', 'prism'), 'mock', '--port', port, spec]
  }, '')

/** The command line of the mock, for DLI. */
export const startMock = (...flags: readonly string[]): Promise<RunningServer> =>
  start(port => [binOf('@jobscope/mock', 'jobscope-mock'), '--port', port, '--services', 'dli', ...flags], '/dli')

async function start(command: (port: string) => readonly string[], prefix: string): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(process.execPath, command(`${port}`), { stdio: 'ignore' })
  const agent = new Agent({ keepAlive: true })
  const ended = once(child, 'exit')
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
      await ended
    },
  }
  while (child.exitCode === null) {
    const answers = await server.call('/').then(
      () => true,
      () => false,
    )
    if (answers) return server
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  throw new Error(`${command('').join(' ')} ended with ${child.exitCode}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
