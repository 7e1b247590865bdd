import { escapeControlCharacters } from './escape-control-characters.ts'

/** Escapes what Markdown or HTML would interpret in a line or a cell of a table. */
export const escapeMarkdown = (text: string): string =>
  escapeControlCharacters(text).replace(/[\\`*_[\]<>|@#]/g, character =>
    character === '<' ? '&lt;' : `\\${character}`,
  )

/** Formats a text as code. Code cannot contain backticks, and a pipe ends the cell of a table. */
export const formatCode = (text: string): string =>
  text === '' ? '' : `\`${escapeControlCharacters(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``
