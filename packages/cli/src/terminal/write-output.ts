import { fstatSync, writeFileSync } from 'node:fs'
import { endAfterOutputError } from './end-after-output-error.ts'

type Stdout = typeof process.stdout
type Print = (text: string) => Promise<void>

/**
 * Returns a function that writes to standard output. The function resolves when more output can be written. If the signal aborts
 * while the reader accepts no more output, the function rejects with the reason of the signal. If the output cannot be written, the
 * process ends.
 */
export function createPrint(stdout: Stdout, signal: AbortSignal, note: (line: string) => void): Print {
  const fail = (error: unknown) => endAfterOutputError(error, note)
  stdout.on('error', fail)
  if (isFile(stdout)) return async text => writeToFile(stdout.fd, text, fail)
  return text =>
    new Promise((resolve, reject) => {
      if (stdout.write(text) || signal.aborted) return resolve()
      const onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      stdout.once('drain', () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      })
    })
}

function isFile({ fd, isTTY }: Stdout): boolean {
  if (isTTY) return false
  const stats = fstatSync(fd)
  return stats.isFile() || stats.isCharacterDevice()
}

/**
 * Writes to a file synchronously, without a stream of Node. If the disk is almost full, the system writes only a part of a text.
 * Streams of Node do not report this error.
 */
function writeToFile(file: number, text: string, fail: (error: unknown) => void): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    fail(error)
  }
}
