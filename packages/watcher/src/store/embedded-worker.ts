/** The thread of an embedded database. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

export interface EmbeddedRequest {
  readonly id: number
  readonly type: 'open' | 'query' | 'exec' | 'close'
  readonly text?: string
  readonly values?: readonly unknown[]
}

export interface EmbeddedResponse {
  readonly id: number
  readonly rows?: unknown[]
  readonly error?: { readonly message: string; readonly code?: string }
}

/** An archive of an empty database with all tables. `scripts/make-template.ts` creates this archive when the package is built. */
const template = new URL('../../dist/template.tar.gz', import.meta.url)

/**
 * PostgreSQL fills its shared buffers when it starts. The default size of 128 MB would double the memory and the startup time of the
 * process. Small buffers are sufficient, because the database is small and the operating system caches its files.
 */
const sharedBuffers = ['-c', 'shared_buffers=16MB']

let lite: PGlite | undefined

async function open(): Promise<PGlite> {
  const dataDir = join(workerData.folder, 'data')
  // This file is missing if the folder is new, or if an earlier start was interrupted. In both cases, the database is created.
  const isNew = !existsSync(join(dataDir, 'PG_VERSION'))
  const hasTemplate = isNew && existsSync(template)
  const files = hasTemplate ? new Blob([await readFile(template)]) : undefined
  const startParams = [...PGlite.defaultStartParams, ...sharedBuffers]
  return PGlite.create({ dataDir, startParams, ...(files && { loadDataDir: files }) })
}

async function handle({ type, text = '', values = [] }: EmbeddedRequest): Promise<unknown[]> {
  if (type === 'open') {
    lite = await open()
    return []
  }
  if (!lite) throw new Error('The database is not open.')
  if (type === 'close') {
    await lite.close()
    return []
  }
  if (type === 'exec') return (await lite.exec(text)).flatMap(({ rows }) => rows)
  return (await lite.query(text, values as unknown[])).rows
}

parentPort?.on('message', async (request: EmbeddedRequest) => {
  const { id } = request
  try {
    const rows = await handle(request)
    parentPort?.postMessage({ id, rows } satisfies EmbeddedResponse)
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string }
    parentPort?.postMessage({ id, error: { message, ...(code !== undefined && { code }) } } satisfies EmbeddedResponse)
  }
})
