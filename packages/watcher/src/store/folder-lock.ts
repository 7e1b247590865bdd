import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { link, readdir, realpath, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'

export interface FolderLock {
  release(): Promise<void>
}

/**
 * Returns whether a name belongs to a file that a lock creates in its folder. `lock-1.sock` and so on are locks, and the highest number
 * counts. `….new` is a socket that is not a lock yet.
 */
export const isLockFile = (name: string): boolean => /^lock-(\d+\.sock|\w+\.new)$/.test(name)

/** All systems support socket paths of this length, in bytes. */
const maxSocketPath = 100

/**
 * Locks an existing folder for this process. The lock is a socket in the folder, so the operating system releases it when the process ends,
 * even after `kill -9`. All paths that lead to the folder have the same lock.
 *
 * @throws Error if another process uses the folder, or if the path of the folder is too long for a socket
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = await realpath(folder)
  const { socketFolder, close } = openSocketFolder(path)
  const server = await acquire(path, socketFolder).catch(error => {
    close()
    throw error
  })
  if (!server) {
    close()
    throw new Error(
      `Another process uses the folder ${folder}. An embedded database supports one process. Stop the other process first (for example jobscope serve), choose another folder, or use a PostgreSQL server: --database postgres://….`,
    )
  }
  server.unref()
  return { release: () => stop(server).finally(close) }
}

/** Returns a path of the folder that is short enough for sockets. */
function openSocketFolder(path: string): { readonly socketFolder: string; close(): void } {
  const isShort = Buffer.byteLength(join(path, createSocketName())) <= maxSocketPath
  if (isShort || process.platform === 'win32') return { socketFolder: path, close() {} }
  if (process.platform !== 'linux') {
    throw new Error(
      `The path ${path} is too long for the lock of an embedded database. Use a folder with a shorter path.`,
    )
  }
  const descriptor = openSync(path, 'r')
  return { socketFolder: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) }
}

const createSocketName = () => `lock-${randomUUID().slice(0, 8)}.new`
const getLockName = (number: number) => `lock-${number}.sock`

/** Returns the highest number of a lock in a folder, or 0. */
async function findNewestLock(folder: string): Promise<number> {
  const names = await readdir(folder)
  return Math.max(0, ...names.map(name => Number(/^lock-(\d+)\.sock$/.exec(name)?.[1] ?? 0)))
}

/** Returns undefined if another process has the lock. */
async function acquire(folder: string, socketFolder: string): Promise<Server | undefined> {
  if (process.platform === 'win32') {
    const hash = createHash('sha256').update(folder).digest('hex').slice(0, 20)
    return listen(`\\\\.\\pipe\\jobscope-${hash}`)
  }
  const name = createSocketName()
  const server = await listen(join(socketFolder, name))
  if (!server) return undefined
  try {
    if (await publish(folder, socketFolder, name)) return server
  } catch (error) {
    await stop(server)
    throw error
  }
  await stop(server)
  return undefined
}

/**
 * Makes a socket the newest lock of a folder. Returns false if another process has the newest lock.
 *
 * If no process listens on the socket of the newest lock, its process has ended, and no process can listen on this socket again. Then the
 * next number is free. `link` never replaces a file, so only one of several processes gets this number. The newest lock is never deleted.
 */
async function publish(folder: string, socketFolder: string, name: string): Promise<boolean> {
  const toPath = (number: number) => join(folder, getLockName(number))
  for (;;) {
    const newest = await findNewestLock(folder)
    if (newest > 0 && (await isInUse(join(socketFolder, getLockName(newest))))) return false
    const own = newest + 1
    if (!(await isDone(link(join(folder, name), toPath(own)), 'EEXIST'))) continue
    // After `newest` was read, other processes may have got this number and then a higher number, and may have deleted this number.
    if ((await findNewestLock(folder)) === own) {
      for (const path of [join(folder, name), ...(newest > 0 ? [toPath(newest)] : [])])
        await isDone(unlink(path), 'ENOENT')
      return true
    }
    await isDone(unlink(toPath(own)), 'ENOENT')
  }
}

/** Returns whether an operation was successful. Returns false if it failed with this code. */
const isDone = (operation: Promise<void>, code: string): Promise<boolean> =>
  operation.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === code) return false
      throw error
    },
  )

/** Listens on a new socket at this path. Returns undefined if the path already exists. */
const listen = (path: string) =>
  new Promise<Server | undefined>((resolve, reject) => {
    const server = createServer(socket => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(path, () => resolve(server))
  })

const stop = (server: Server) => new Promise<void>(resolve => server.close(() => resolve()))

/** The codes of errors of connections to a path on which no process listens. */
const unusedCodes: readonly (string | undefined)[] = ['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']

const isInUse = (path: string) =>
  new Promise<boolean>(resolve => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(!unusedCodes.includes(code)))
  })
