import type { HeaderFields } from '../http/header-map.ts'

/**
 * The body of a failure without the secrets of its request. Servers quote what they refuse: a gateway the headers that were signed, a
 * security token among them; IAM could quote a password.
 *
 * @param headers what was sent, with what the credentials added
 * @param given the headers of the request before that
 * @param secrets of its body
 */
export function redact(
  body: unknown,
  headers: HeaderFields,
  given: HeaderFields,
  secrets: readonly string[] = [],
): unknown {
  const all = [...secrets]
  for (const [name, value] of headers)
    if (/auth|token/.test(name) || !(given.has(name) || name === 'x-sdk-date')) all.push(value.replace(/^\w+ /, ''))
  // As JSON, a text has one way to be written; but for the slash, which some escape.
  let text = JSON.stringify(body)?.replaceAll('\\\\/', '/')
  // Three letters are in any text, and protect nobody.
  for (const secret of all)
    if (secret.length > 3) text = text?.replaceAll(JSON.stringify(secret).slice(1, -1), 'REDACTED')
  try {
    return text && JSON.parse(text)
  } catch {
    // The secret was a number, too.
    return text
  }
}
