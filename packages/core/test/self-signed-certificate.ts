import { generateKeyPairSync, sign } from 'node:crypto'

/** Encodes a value in DER: tag, length, content. */
function encode(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content])
}

const sequence = (...contents: readonly Buffer[]) => encode(0x30, ...contents)
const integer = (value: number) => encode(0x02, Buffer.from([value]))
const text = (tag: number, value: string) => encode(tag, Buffer.from(value))
const bits = (value: Buffer) => encode(0x03, Buffer.from([0]), value)

/** `ecdsa-with-SHA256` and `commonName`, as object identifiers in DER. */
const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))
const commonName = Buffer.from('0603550403', 'hex')

/** Creates a self-signed certificate for a server in a test, so that the repository contains no private key. */
export function createSelfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(encode(0x31, sequence(commonName, text(0x0c, 'localhost'))))
  const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'))
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' })
  const version = encode(0xa0, integer(2))
  const content = sequence(version, integer(1), ecdsaWithSha256, name, validity, name, publicKeyInfo)
  const certificate = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, privateKey)))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}
