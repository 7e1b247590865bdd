/** How a service's bodies are read and written; `JSON` does it by default. */
export interface BodyFormat {
  parse(text: string): unknown
  stringify(body: unknown): string
}

/** Not yet in TypeScript's ES2023; in Node 21, Chrome 114, Firefox 135, Safari 18.4, Bun, Deno and workerd. */
type Source = { readonly source?: string }
type ExactJson = {
  parse(text: string, revive?: (name: string, value: unknown, context: Source) => unknown): unknown
  rawJSON(text: string): unknown
}

/**
 * JSON for services with integers of 64 bits. One past 2^53 arrives as the text of its digits, never rounded; a bigint is
 * sent as the number it is. The digits are asked for only where sixteen stand together: other bodies cost no more.
 */
export const exactJson: BodyFormat = {
  parse: text => (JSON as unknown as ExactJson).parse(text, /\d{16}/.test(text) ? exactly : undefined),
  stringify: body =>
    JSON.stringify(body, (_, value) =>
      typeof value === 'bigint' ? (JSON as unknown as ExactJson).rawJSON(`${value}`) : value,
    ),
}

/** In a runtime that does not know the digits this throws, and the body counts as no JSON: an error rather than a wrong number. */
const exactly = (_: string, value: unknown, { source = '' }: Source) =>
  /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
