import type { Hmac } from './types.ts'

type Hash = typeof import('node:crypto').hash

let loadedHash: Hash | undefined

/**
 * Loads node:crypto when the first hash is computed. Loading it takes long, so a program that only imports a client must not load it. The
 * loaded function is kept in a variable, because every call of `getBuiltinModule` reads all exports of the module.
 */
function getHash(): Hash {
  loadedHash ??= process.getBuiltinModule('node:crypto').hash
  return loadedHash
}

/** The SHA-256 of an empty body. Most requests have no body. */
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Computes the SHA-256 of bytes, or of a text in UTF-8, as lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => (data.length === 0 ? emptyHash : getHash()('sha256', data))

/** Length of the blocks that SHA-256 processes, in bytes. */
const blockLength = 64

/** Length of a SHA-256, in bytes. */
const hashLength = 32

/**
 * Creates the HMAC-SHA256 function of a secret, given as bytes or as a text in UTF-8.
 *
 * HMAC hashes the key and the text, and then hashes the key and the first hash (RFC 2104). This function calls `hash` twice, which takes
 * less than half as long as one call of `createHmac`. A call of `createHmac` would take a tenth of the time of a request. `hash` returns
 * the first hash as a text with one character per byte, because returning it in a new buffer takes three times as long.
 */
export function hmacSha256(secret: string | Uint8Array): Hmac {
  const hash = getHash()
  const bytes = Buffer.from(secret as string)
  const key = bytes.length > blockLength ? hash('sha256', bytes, 'buffer') : bytes
  const innerKey = Buffer.alloc(blockLength, 0x36).map((byte, index) => byte ^ (key[index] ?? 0))
  const outerKey = Buffer.alloc(blockLength, 0x5c).map((byte, index) => byte ^ (key[index] ?? 0))
  const outerInput = Buffer.concat([outerKey, Buffer.alloc(hashLength)])
  return text => {
    const innerInput = Buffer.allocUnsafe(blockLength + Buffer.byteLength(text))
    innerInput.set(innerKey)
    innerInput.write(text, blockLength)
    outerInput.write(hash('sha256', innerInput, 'latin1'), blockLength, 'latin1')
    return hash('sha256', outerInput)
  }
}
