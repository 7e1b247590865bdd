import { createHmac, randomBytes } from 'node:crypto'

/** Replaces a text by a pseudonym. If `fits` accepts the text, the pseudonym is chosen so that `fits` accepts it too, if possible. */
export type Pseudonymize = (text: string, fits?: (text: string) => boolean) => string

/** The number of pseudonyms that are kept, so that a long recording does not fill the memory. */
const cacheSize = 50_000
/** How many variants are tried if a pseudonym does not fit its schema. */
const maxVariants = 20

/**
 * Creates pseudonyms that keep the format: a letter becomes a letter, a digit a digit, and hexadecimal text stays hexadecimal. So
 * the pseudonym has the same length, and fits most patterns and formats that the text fits. With the same key, the same text always
 * has the same pseudonym. Without the key, nobody can find out which text a pseudonym stands for.
 *
 * @param key a new random key per file, or a fixed one in tests
 */
export function createPseudonymizer(key: string | Buffer = randomBytes(32)): Pseudonymize {
  const known = new Map<string, string>()
  return (text, fits = () => true) => {
    const cached = known.get(text)
    if (cached !== undefined && fits(cached)) return cached
    // If the text does not fit its schema, the pseudonym must not fit it either. So other variants are not tried.
    const attempts = fits(text) ? maxVariants : 1
    let result = ''
    for (let variant = 0; variant < attempts; variant++) {
      result = createVariant(text, variant, key)
      if (fits(result)) break
    }
    if (known.size < cacheSize) known.set(text, result)
    return result
  }
}

function createVariant(text: string, variant: number, key: string | Buffer): string {
  // Patterns require a scheme such as `obs://`, which is no secret.
  const prefix = /^[a-z][a-z0-9+.-]{0,9}:\/\//.exec(text)?.[0] ?? ''
  const isHex = /^[0-9a-fA-F-]+$/.test(text)
  let bytes = Buffer.alloc(0)
  let block = 0
  let used = 0
  const nextByte = (): number => {
    if (used >= bytes.length) {
      bytes = createHmac('sha256', key).update(`${variant}:${block++}:${text}`).digest()
      used = 0
    }
    return bytes[used++] ?? 0
  }
  let result = prefix
  for (const character of text.slice(prefix.length)) result += replaceCharacter(character, nextByte(), isHex)
  return result
}

function replaceCharacter(character: string, byte: number, isHex: boolean): string {
  if (character >= '1' && character <= '9') return String(1 + (byte % 9))
  // A leading zero would change what a number means, so zeros stay.
  if (character === '0') return '0'
  if (character >= 'a' && character <= 'z') return String.fromCharCode(97 + (byte % (isHex ? 6 : 26)))
  if (character >= 'A' && character <= 'Z') return String.fromCharCode(65 + (byte % (isHex ? 6 : 26)))
  return character.charCodeAt(0) > 127 ? 'x' : character
}
