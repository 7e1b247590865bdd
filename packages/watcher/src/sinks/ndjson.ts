import type { Writable } from 'node:stream'
import type { Sink } from './sink.ts'

export interface NdjsonOptions {
  /** @default 'stdout' */
  readonly name?: string | undefined
  readonly types?: readonly string[] | undefined
  /** @default standard output */
  readonly stream?: Writable | undefined
}

/** Without a listener, an error of the stream would end the process. */
const ignoreError = () => {}

/**
 * Writes each event as a line of JSON. If the reader of the stream has ended, the deliveries fail, and the events stay in the database.
 */
export function ndjson({ name = 'stdout', types, stream = process.stdout }: NdjsonOptions = {}): Sink {
  if (!stream.listeners('error').includes(ignoreError)) stream.on('error', ignoreError)
  return {
    name,
    types,
    deliver: events =>
      new Promise((resolve, reject) => {
        const lines = events.map(event => `${JSON.stringify(event)}\n`).join('')
        stream.write(lines, error => (error ? reject(describeWriteError(error)) : resolve()))
      }),
  }
}

const describeWriteError = (error: NodeJS.ErrnoException): Error =>
  // After the first EPIPE, Node reports that the stream is destroyed.
  error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'
    ? new Error(`The reader of the output has ended (${error.code}). Start the watcher again with a reader.`)
    : error
