/**
 * The length of the shortest redacted secret. A shorter text occurs in many messages, so replacing it would make these messages unreadable
 * without hiding a secret.
 */
const minSecretLength = 4

const htmlNames: { readonly [character: string]: string } = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/**
 * Creates a pattern that finds secrets in a text: as they are, escaped for JSON or HTML, percent-encoded, and in base64. Returns
 * `undefined` if there is nothing to find.
 */
export function createSecretPattern(secrets: readonly string[]): RegExp | undefined {
  const forms = secrets
    .filter(secret => secret.length >= minSecretLength)
    .toSorted((a, b) => b.length - a.length)
    .flatMap(secret => [
      [...secret].map(matchCharacter).join(''),
      ...[0, 1, 2].map(offset => matchBase64(secret, offset)),
    ])
  return forms.length > 0 ? new RegExp(forms.join('|'), 'gi') : undefined
}

/** Returns a pattern for a character and its encodings. */
function matchCharacter(character: string): string {
  if (/\w/.test(character)) return character
  const code = character.codePointAt(0) as number
  const bytes = [...new TextEncoder().encode(character)]
  const json = JSON.stringify(character).slice(1, -1)
  const forms = [
    `\\\\?${escapeText(character)}`,
    escapeText(json),
    escapeText(`\\u${toHex(code, 4)}`),
    bytes.map(byte => `%${toHex(byte, 2)}`).join(''),
    `&#0*${code};`,
    `&#x0*${toHex(code, 1)};`,
  ]
  const htmlName = htmlNames[character]
  if (htmlName) forms.push(`&${htmlName};`)
  if (character === ' ') forms.push('\\+')
  return `(?:${forms.join('|')})`
}

/**
 * Returns a pattern that finds a text inside other data in base64, for example a password in `Basic` credentials. Base64 encodes groups of
 * three bytes, so the result depends on `offset`, the number of bytes between the start of a group and the text. The pattern omits the
 * first and last base64 characters if they also depend on adjacent bytes.
 */
function matchBase64(text: string, offset: number): string {
  const bytes = [...new TextEncoder().encode(text)]
  const binary = bytes.map(byte => String.fromCharCode(byte)).join('')
  const start = Math.ceil((offset * 8) / 6)
  const end = Math.floor(((offset + bytes.length) * 8) / 6)
  return btoa('\0'.repeat(offset) + binary)
    .slice(start, end)
    .replaceAll('+', '[+-]')
    .replaceAll('/', '(?:\\\\?/|_)')
}

const toHex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')

/** Escapes a text for use in a regular expression. */
const escapeText = (text: string) => text.replace(/[^\w ]/g, unit => `\\u${toHex(unit.charCodeAt(0), 4)}`)
