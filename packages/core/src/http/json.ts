/** Parses and serializes the bodies of a service. `JSON` is the default. */
export interface BodyFormat {
  parse(text: string): unknown
  stringify(body: unknown): string
}

/**
 * Functions of `JSON` that TypeScript's ES2023 library does not declare yet. Available in Node.js 21, Chrome 114, Firefox 135, Safari 18.4,
 * Bun, Deno and workerd.
 */
interface JsonWithSource {
  parse(
    text: string,
    revive?: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): unknown
}

const jsonWithSource = JSON as unknown as JsonWithSource

/**
 * JSON for services with integers of 64 bits. An integer beyond 2^53 is parsed to the text of its digits, so it is never rounded.
 * A bigint is serialized as a number. Bodies without 16 digits in a row are parsed as fast as by `JSON`.
 */
export const exactJson: BodyFormat = {
  parse: text => jsonWithSource.parse(text, /\d{16}/.test(text) ? reviveInteger : undefined),
  stringify: body =>
    JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? jsonWithSource.rawJSON(`${value}`) : value)),
}

/**
 * Returns the digits of an integer that a number cannot represent. Throws in a runtime whose `JSON.parse` does not pass the source text.
 * The body then counts as invalid JSON, because an error is better than a wrong number.
 */
function reviveInteger(_: string, value: unknown, { source = '' }: { readonly source?: string }): unknown {
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}
