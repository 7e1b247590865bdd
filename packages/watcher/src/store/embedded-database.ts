import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Database, Queryable } from './database.ts'
import type { EmbeddedRequest, EmbeddedResponse } from './embedded-worker.ts'
import { isLockFile, lockFolder } from './folder-lock.ts'

export interface EmbeddedOptions {
  /** Whether the folder must already contain a database. @default false */
  readonly mustExist?: boolean | undefined
  /** Called if the thread of the database ends before `close` is called. All later calls of the database reject. */
  readonly onEnd?: ((error: Error) => void) | undefined
}

/**
 * Opens an embedded database in a folder. PGlite runs in a worker thread, so that queries do not block the caller's thread. Only one
 * process can use the folder. Other users of the machine cannot access the folder.
 *
 * @throws Error if another process uses the folder, if the folder contains other files, or if @electric-sql/pglite is not installed
 */
export async function openEmbeddedDatabase(
  folder: string,
  { mustExist = false, onEnd = () => {} }: EmbeddedOptions = {},
): Promise<Database> {
  const path = resolve(folder)
  await checkFolder(path, mustExist)
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
  const lock = await lockFolder(path)
  try {
    return await startDatabase(path, { onEnd, onClose: () => lock.release() })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Checks a folder before anything in it is changed. Without this check, `--database ~` would change the mode of the home folder. */
async function checkFolder(folder: string, mustExist: boolean): Promise<void> {
  if (existsSync(join(folder, 'data', 'PG_VERSION'))) return
  if (mustExist) throw new Error(`The folder ${folder} contains no database. Use the folder of a watcher.`)
  const names = await listNames(folder)
  // After a start that failed or was interrupted, the folder contains an incomplete database and a lock.
  const isIncomplete = names.some(isLockFile) || (await listNames(join(folder, 'data'))).length === 0
  if (isIncomplete && names.every(name => isLockFile(name) || name === 'data')) return
  throw new Error(`The folder ${folder} contains other files and no database. Use a new or empty folder.`)
}

/** Returns the names of the files in a folder. The result is empty if the folder does not exist. */
const listNames = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') throw new Error(`${folder} is a file. Use a folder.`)
    throw error
  })

async function startDatabase(
  folder: string,
  { onEnd, onClose }: { readonly onEnd: (error: Error) => void; readonly onClose: () => Promise<void> },
): Promise<Database> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), { workerData: { folder } })
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  let failure: Error | undefined
  let isOpen = false
  const fail = (error: Error) => {
    failure ??= error
    if (isOpen) onEnd(failure)
    isOpen = false
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread of the embedded database has ended.')))
  worker.on('message', ({ id, error, ...result }: EmbeddedResponse) => {
    const call = pending.get(id)
    pending.delete(id)
    if (error) call?.reject(Object.assign(new Error(error.message), error))
    else call?.resolve(result)
  })

  let lastId = 0
  const send = <T>(request: Omit<EmbeddedRequest, 'id'>): Promise<T> => {
    if (failure) return Promise.reject(failure)
    const id = ++lastId
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject })
      worker.postMessage({ id, ...request })
    })
  }

  /** Runs transactions and other statements one after the other, because the database has only one connection. */
  let queue: Promise<unknown> = Promise.resolve()
  const exclusive = <T>(run: () => Promise<T>): Promise<T> => {
    const result = queue.then(run, run)
    queue = result.catch(() => {})
    return result
  }
  /**
   * Rolls back after an error. Otherwise, a failed statement could leave a transaction open. All callers share one session, so the next
   * caller would use this transaction.
   */
  const rollBackOnError = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  }
  const client: Queryable = { query: (text, values = []) => send({ type: 'query', text, values }) }
  await send({ type: 'open' })
  isOpen = true
  return {
    isEmbedded: true,
    query: (text, values) => exclusive(() => rollBackOnError(() => client.query(text, values))),
    exec: sql =>
      exclusive(() => rollBackOnError(async () => (await send<{ rows: unknown[] }>({ type: 'exec', text: sql })).rows)),
    transaction: run =>
      exclusive(() =>
        rollBackOnError(async () => {
          await client.query('begin')
          const result = await run(client)
          await client.query('commit')
          return result
        }),
      ),
    async close() {
      isOpen = false
      await exclusive(() => send({ type: 'close' })).catch(() => {})
      await worker.terminate()
      await onClose()
    },
  }
}
