import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

/** The files of the page, by path, with their media types. */
const files = {
  '/index.html': 'text/html; charset=utf-8',
  '/history.html': 'text/html; charset=utf-8',
  '/history.js': 'text/javascript; charset=utf-8',
  '/page.js': 'text/javascript; charset=utf-8',
  '/page.css': 'text/css; charset=utf-8',
  '/icon.svg': 'image/svg+xml',
} as const

/** Sends a file of the page. Returns false if there is no such file. */
export type SendFile = (request: IncomingMessage, response: ServerResponse, path: string) => boolean

/**
 * Reads the files of the page into memory.
 *
 * @param folder the folder that the build wrote
 */
export async function readPageFiles(folder: string): Promise<SendFile> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, type]) => {
      const content = await readFile(join(folder, path))
      const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 16)}"`
      return [path, { content, headers: { 'content-type': type, 'cache-control': 'no-cache', etag: tag } }] as const
    }),
  )
  const byPath = new Map<string, (typeof entries)[number][1]>(entries)
  return (request, response, path) => {
    // The server returns the same page for the path of a job. The page reads the reference of the job from the path.
    const isPage = path === '/' || path.startsWith('/jobs/')
    const file = byPath.get(isPage ? '/index.html' : path === '/history' ? '/history.html' : path)
    if (!file) return false
    if (request.headers['if-none-match'] === file.headers.etag) response.writeHead(304, file.headers).end()
    else response.writeHead(200, file.headers).end(file.content)
    return true
  }
}
