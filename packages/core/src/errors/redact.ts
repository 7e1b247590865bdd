import type { HeaderFields } from '../http/header-map.ts'
import { createSecretPattern } from './secret-pattern.ts'

export interface RequestSecrets {
  /** The headers that were sent, including those that the credentials and hooks added. */
  readonly sentHeaders: HeaderFields
  /** The sent headers without those that hooks added. @default sentHeaders */
  readonly authorizedHeaders?: HeaderFields
  /** The headers of the request before it was authorized. */
  readonly ownHeaders: HeaderFields
  /** Secrets in the request body. */
  readonly bodySecrets?: readonly string[] | undefined
}

/** Maximum length of all searched texts of a body together. The rest is left out, because searching it would block the process. */
const maxTextLength = 1_048_576

/** Maximum number of searched values of a body. The rest is left out for the same reason. */
const maxValues = 10_000

/** Maximum depth of a searched value. Deeper values are replaced, because searching them would overflow the stack. */
const maxDepth = 100

/** The largest factor by which an encoding makes a secret longer. */
const maxEncodedGrowth = 8

const secretHeader = /auth|token|key|secret|cookie|passw|credential|session|signature/i

/**
 * Creates a function that replaces the secrets of a request in the body of its error response, even if they are encoded. Servers quote what
 * they reject: a gateway quotes the signed headers, including a security token, and IAM might quote a password.
 *
 * Each call of the function takes a limited time: it leaves out what follows after the first 10,000 values or 1 MiB of text.
 */
export function createRedactor({
  sentHeaders,
  authorizedHeaders = sentHeaders,
  ownHeaders,
  bodySecrets = [],
}: RequestSecrets) {
  const secrets = [...bodySecrets]
  for (const [name, value] of sentHeaders) {
    const wasAddedByCredentials = authorizedHeaders.has(name) && !ownHeaders.has(name) && name !== 'x-sdk-date'
    const withoutScheme = value.replace(/^\w+ /, '')
    if (wasAddedByCredentials || secretHeader.test(name)) secrets.push(withoutScheme)
  }
  const pattern = createSecretPattern(secrets)
  const longest = Math.max(0, ...secrets.map(({ length }) => length))

  return <Value>(body: Value): Value => {
    let valuesLeft = maxValues
    let textLeft = maxTextLength

    function redactText(text: string): string {
      const shown = text.slice(0, textLeft)
      textLeft -= shown.length
      const redacted = pattern ? shown.replace(pattern, 'REDACTED') : shown
      // If the text was cut off, its end can be the start of a secret. Therefore, the end is removed.
      return shown === text ? redacted : redacted.slice(0, -maxEncodedGrowth * longest - 1)
    }

    function redactValue(value: unknown, depth: number): unknown {
      valuesLeft--
      if (typeof value === 'string') return redactText(value)
      if (typeof value === 'number') return redactText(`${value}`) === `${value}` ? value : 'REDACTED'
      if (typeof value !== 'object' || value === null) return value
      if (depth > maxDepth) return 'REDACTED'
      if (Array.isArray(value)) return redactItems(value, item => redactValue(item, depth + 1))
      return Object.fromEntries(
        redactItems(Object.entries(value), ([name, member]) => [redactText(name), redactValue(member, depth + 1)]),
      )
    }

    /** Redacts items until a limit is reached. */
    function redactItems<Item, Result>(items: readonly Item[], redactItem: (item: Item) => Result): Result[] {
      const redacted: Result[] = []
      for (const item of items) {
        if (valuesLeft <= 0 || textLeft <= 0) break
        redacted.push(redactItem(item))
      }
      return redacted
    }

    return redactValue(body, 0) as Value
  }
}
