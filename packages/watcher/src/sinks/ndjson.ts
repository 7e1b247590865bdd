import type { Writable } from 'node:stream'
import type { Sink } from './sink.ts'

export interface NdjsonOptions {
  /** @default 'stdout' */
  readonly name?: string | undefined
  readonly types?: readonly string[] | undefined
  /** @default standard output */
  readonly stream?: Writable | undefined
}

/** Writes each event as a line of JSON. */
export function ndjson({ name = 'stdout', types, stream = process.stdout }: NdjsonOptions = {}): Sink {
  return {
    name,
    types,
    deliver: events =>
      new Promise((resolve, reject) => {
        const lines = events.map(event => `${JSON.stringify(event)}\n`).join('')
        stream.write(lines, error => (error ? reject(error) : resolve()))
      }),
  }
}
