import type { Writable } from 'node:stream'

export interface Log {
  write(level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, unknown>>): void
  /** Removes the secrets of the configuration from a text. */
  redact(text: string): string
}

/** The minimum length of secrets that are replaced. Shorter texts can be a part of ordinary words. */
const minSecretLength = 4

/**
 * Creates a log with a JSON object per line.
 *
 * @param secrets values that never appear in the log
 */
export function createLog(stream: Writable, secrets: ReadonlySet<string>): Log {
  const redact = (text: string): string => {
    let redacted = text
    for (const secret of secrets) {
      if (secret.length >= minSecretLength) redacted = redacted.replaceAll(secret, '[redacted]')
    }
    return redacted
  }
  return {
    redact,
    write(level, message, fields = {}) {
      stream.write(`${redact(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }))}\n`)
    },
  }
}
