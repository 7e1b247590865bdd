import { createHash } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** All systems support socket paths up to this length. */
const maxSocketPath = 100

/**
 * Locks a folder for this process. The lock is a socket, so the operating system releases it when the process ends, even after `kill -9`.
 *
 * @throws Error if another process uses the folder
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = getSocketPath(folder)
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(path)
    if (server) {
      server.unref()
      return { release: () => new Promise(resolve => server.close(() => resolve())) }
    }
    if (await isInUse(path)) break
    // No process listens on the socket, because the process that created it was killed. So the socket can be removed.
    await unlink(path).catch(() => {})
  }
  throw new Error(
    `Another process uses the folder ${folder}. An embedded database supports one process. Stop the other process first (for example jobscope serve), choose another folder, or use a PostgreSQL server: --database postgres://….`,
  )
}

function getSocketPath(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 20)
  if (process.platform === 'win32') return `\\\\.\\pipe\\jobscope-${hash}`
  const path = join(folder, 'lock.sock')
  return path.length <= maxSocketPath ? path : join(tmpdir(), `jobscope-${hash}.sock`)
}

/** Listens on a new socket at this path. Returns undefined if the path already exists. */
const listen = (path: string) =>
  new Promise<Server | undefined>((resolve, reject) => {
    const server = createServer(socket => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(path, () => resolve(server))
  })

const isInUse = (path: string) =>
  new Promise<boolean>(resolve => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
