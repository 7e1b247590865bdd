import { createHmac, randomBytes } from 'node:crypto'

/**
 * Replaces a text by a pseudonym. `fits` returns whether a text is valid. The function searches for a pseudonym that is valid if the text
 * is valid, and invalid if the text is invalid. `prefix` is the beginning that every text of the schema has. It is not secret, and the
 * pseudonym keeps it.
 */
export type Pseudonymize = (text: string, fits?: (text: string) => boolean, prefix?: string) => string

/** The maximum number of pseudonyms that are kept. Without this limit, a long recording could fill the memory. */
const cacheSize = 50_000
/** How many variants are tried if a pseudonym does not fit its schema. */
const maxVariants = 20

/**
 * Creates pseudonyms that keep the format: a letter becomes a letter, a digit a digit, and hexadecimal text stays hexadecimal. So
 * the pseudonym has the same length, and fits most patterns and formats that the text fits. With the same key, the same text always
 * has the same pseudonym. Without the key, nobody can find out which text a pseudonym replaces.
 *
 * @param key a new random key per file, or a fixed key in tests
 */
export function createPseudonymizer(key: string | Buffer = randomBytes(32)): Pseudonymize {
  const known = new Map<string, string>()
  return (text, fits = () => true, prefix = '') => {
    if (!/[\p{L}\p{N}]|[^\p{ASCII}]/u.test(text)) return text
    const isValid = fits(text)
    const cached = known.get(text)
    if (cached !== undefined && fits(cached) === isValid) return cached
    let result = ''
    for (let variant = 0; variant < maxVariants; variant++) {
      result = createVariant(text, variant, key, prefix)
      if (result !== text && fits(result) === isValid) break
    }
    if (cached === undefined && known.size < cacheSize) known.set(text, result)
    return result
  }
}

/** Schemes of URLs, such as `obs://`. Pseudonyms keep them, because the patterns of some schemas require them. They are not secret. */
const publicScheme = /^(?:https?|obs|s3[an]?|hdfs|file|ftp):\/\//

function createVariant(text: string, variant: number, key: string | Buffer, knownPrefix: string): string {
  const scheme = publicScheme.exec(text)?.[0] ?? ''
  const prefix = text.startsWith(knownPrefix) ? knownPrefix || scheme : scheme
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
  let isInNumber = false
  for (const character of text.slice(prefix.length)) {
    const isDigit = character >= '0' && character <= '9'
    if (isDigit) result += replaceDigit(character, nextByte(), isInNumber)
    else if (character <= '\u007f') result += replaceLetter(character, nextByte(), isHex)
    else result += replaceOther(character, nextByte(), nextByte())
    isInNumber = isDigit
  }
  return result
}

/**
 * Replaces a digit. At the start of a number, a zero stays a zero and no other digit becomes a zero, because a leading zero changes what
 * the number means.
 */
function replaceDigit(digit: string, byte: number, isInNumber: boolean): string {
  if (isInNumber) return String(byte % 10)
  return digit === '0' ? '0' : String(1 + (byte % 9))
}

function replaceLetter(character: string, byte: number, isHex: boolean): string {
  if (character >= 'a' && character <= 'z') return String.fromCharCode(97 + (byte % (isHex ? 6 : 26)))
  if (character >= 'A' && character <= 'Z') return String.fromCharCode(65 + (byte % (isHex ? 6 : 26)))
  return character
}

/** Replaces a character that is not ASCII by another one. A pattern that allows only ASCII then rejects the text and its pseudonym alike. */
function replaceOther(character: string, first: number, second: number): string {
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(character))
    return String.fromCharCode(0x4e00 + ((first * 256 + second) % 20_000))
  if (/\p{Lu}/u.test(character)) return String.fromCharCode(0xc0 + (first % 23))
  if (/\p{L}/u.test(character)) return String.fromCharCode(0xe0 + (first % 23))
  if (/\p{Nd}/u.test(character)) return String.fromCharCode(0xff10 + (first % 10))
  return /\s/u.test(character) ? character : '·'
}
