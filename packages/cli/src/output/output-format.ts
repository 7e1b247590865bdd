import { suggestOrList } from '../did-you-mean.ts'

/** The names of the formats that need no expression. */
export const outputFormats = ['json', 'yaml', 'wide', 'name'] as const

/** The text before the expression in the format `jsonpath=<expression>`. */
export const jsonPathPrefix = 'jsonpath='

/** How results are printed. Without a format they are printed for people. */
export type OutputFormat = (typeof outputFormats)[number] | `jsonpath=${string}`

const isOutputFormat = (text: string): text is OutputFormat =>
  (outputFormats as readonly string[]).includes(text) || /^jsonpath=./.test(text)

/** Returns the format. If the text is not a format, returns a sentence that explains the mistake. */
export function parseOutputFormat(text: string): OutputFormat | { readonly problem: string } {
  if (isOutputFormat(text)) return text
  return { problem: `Unknown format "${text}".${suggestOrList(text, [...outputFormats, 'jsonpath=<expression>'])}` }
}
