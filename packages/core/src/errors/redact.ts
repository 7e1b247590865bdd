import type { HeaderFields } from '../http/header-map.ts'

export interface RequestSecrets {
  /** The headers that were sent, including those that the credentials added. */
  readonly sentHeaders: HeaderFields
  /** The headers of the request before it was authorized. */
  readonly ownHeaders: HeaderFields
  /** Secrets in the request body. */
  readonly bodySecrets?: readonly string[] | undefined
}

/** A shorter text occurs in any message, so replacing it would protect nobody and make the message unreadable. */
const minSecretLength = 4

/**
 * Replaces the secrets of a request in the body of its error response. Servers quote what they reject: a gateway quotes the signed
 * headers, including a security token, and IAM might quote a password.
 */
export function redact(body: unknown, { sentHeaders, ownHeaders, bodySecrets = [] }: RequestSecrets): unknown {
  const secrets = [...bodySecrets]
  for (const [name, value] of sentHeaders) {
    const wasAddedByCredentials = !ownHeaders.has(name) && name !== 'x-sdk-date'
    const withoutScheme = value.replace(/^\w+ /, '')
    if (wasAddedByCredentials || /auth|token/.test(name)) secrets.push(withoutScheme)
  }
  // JSON spells each text in one way, except for the slash, which some servers escape.
  let json = JSON.stringify(body)?.replaceAll('\\\\/', '/')
  for (const secret of secrets) {
    if (secret.length >= minSecretLength) json = json?.replaceAll(JSON.stringify(secret).slice(1, -1), 'REDACTED')
  }
  try {
    return json && JSON.parse(json)
  } catch {
    // A number was replaced, so the text is not JSON any more.
    return json
  }
}
