/** What was sent, as far as it may be secret. */
export interface SentRequest {
  /** With what the credentials added. */
  readonly headers: Headers
  readonly body: Uint8Array
}

/**
 * The body of a failure without the secrets of its request. Servers quote what they refuse: a gateway the headers that were signed, a
 * security token among them; IAM could quote a password.
 *
 * @param given the headers of the request before the credentials added theirs
 * @param members names of the members of the request's body that are secrets
 */
export function redacted(body: unknown, sent: SentRequest, given: Headers, members: RegExp | undefined): unknown {
  const secrets = membersOf(sent.body, members)
  for (const [name, value] of sent.headers)
    if (/auth|token/.test(name) || !(given.has(name) || name === 'x-sdk-date')) secrets.push(value.replace(/^\w+ /, ''))
  // As JSON, a text has one way to be written; but for the slash, which some escape.
  let text = JSON.stringify(body)?.replaceAll('\\\\/', '/')
  for (const secret of secrets) if (secret) text = text?.replaceAll(JSON.stringify(secret).slice(1, -1), 'REDACTED')
  return text && JSON.parse(text)
}

function membersOf(body: Uint8Array, members: RegExp | undefined): string[] {
  const found: string[] = []
  if (!members) return found
  try {
    JSON.parse(new TextDecoder().decode(body), (name, value: unknown) => {
      if (members.test(name) && typeof value === 'string') found.push(value)
    })
  } catch {
    // It is no JSON, so it has no members.
  }
  return found
}
