import type { HeaderFields } from '../http/header-map.ts'
import { createSecretPattern } from './secret-pattern.ts'

export interface RequestSecrets {
  /** The headers that were sent, including those that the credentials added. */
  readonly sentHeaders: HeaderFields
  /** The headers of the request before it was authorized. */
  readonly ownHeaders: HeaderFields
  /** Secrets in the request body. */
  readonly bodySecrets?: readonly string[] | undefined
}

/** Maximum length of a searched text. Longer texts are cut off, because searching them would take too much time and memory. */
const maxTextLength = 1_048_576

/** Maximum depth of a searched value. Deeper values are replaced, because searching them would overflow the stack. */
const maxDepth = 100

/** The largest factor by which an encoding makes a secret longer. */
const maxEncodedGrowth = 8

const secretHeader = /auth|token|key|secret|cookie|passw|credential|session|signature/i

/**
 * Replaces the secrets of a request in the body of its error response, even if they are encoded. Servers quote what they reject: a
 * gateway quotes the signed headers, including a security token, and IAM might quote a password.
 */
export function redact(body: unknown, { sentHeaders, ownHeaders, bodySecrets = [] }: RequestSecrets): unknown {
  const secrets = [...bodySecrets]
  for (const [name, value] of sentHeaders) {
    const wasAddedByCredentials = !ownHeaders.has(name) && name !== 'x-sdk-date'
    const withoutScheme = value.replace(/^\w+ /, '')
    if (wasAddedByCredentials || secretHeader.test(name)) secrets.push(withoutScheme)
  }
  const pattern = createSecretPattern(secrets)
  const longest = Math.max(0, ...secrets.map(({ length }) => length))

  function redactText(text: string): string {
    const shown = text.slice(0, maxTextLength)
    const redacted = pattern ? shown.replace(pattern, 'REDACTED') : shown
    // If the text was cut off, its end can be the start of a secret. Therefore, the end is removed.
    return shown === text ? redacted : redacted.slice(0, -maxEncodedGrowth * longest - 1)
  }

  function redactValue(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redactText(value)
    if (typeof value === 'number') return redactText(`${value}`) === `${value}` ? value : 'REDACTED'
    if (typeof value !== 'object' || value === null) return value
    if (depth > maxDepth) return 'REDACTED'
    if (Array.isArray(value)) return value.map(item => redactValue(item, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [redactText(name), redactValue(member, depth + 1)]),
    )
  }
  return redactValue(body, 0)
}
