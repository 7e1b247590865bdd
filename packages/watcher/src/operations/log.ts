import { unescape as decode } from 'node:querystring'
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
  // A poll can redact several hundred thousand texts, so the forms of a secret are computed only once.
  const formsBySecret = new Map<string, readonly string[]>()
  const getForms = (secret: string): readonly string[] => {
    const forms = formsBySecret.get(secret) ?? listForms(secret).filter(({ length }) => length >= minSecretLength)
    formsBySecret.set(secret, forms)
    return forms
  }
  const redact = (text: string): string => {
    let redacted = text
    for (const secret of secrets)
      for (const form of getForms(secret)) redacted = redacted.replaceAll(form, '[redacted]')
    return redacted
  }
  return {
    redact,
    write(level, message, fields = {}) {
      const entry = { time: new Date().toISOString(), level, message, ...fields }
      // JSON escapes quotes, backslashes and line breaks, so secrets are replaced before they are escaped.
      const json = JSON.stringify(entry, (_, value: unknown) => (typeof value === 'string' ? redact(value) : value))
      stream.write(`${json}\n`)
    },
  }
}

/** Returns the forms in which error messages can contain a secret. The longest form comes first. */
function listForms(secret: string): string[] {
  const trimmed = secret.trim()
  const forms = [secret, trimmed, decode(secret)].flatMap(text => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
  ])
  if (URL.canParse(trimmed)) forms.push(new URL(trimmed).href)
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length)
}
