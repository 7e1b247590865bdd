import type { Cell, Table } from './page.ts'

/** Reads the `<table>` in `html`. The result has no label and no caption. */
export function readHtmlTable(html: string): Pick<Table, 'header' | 'rows'> {
  const rows = [...html.matchAll(/<tr[\s>].*?<\/tr>/gs)].map(row =>
    [...row[0].matchAll(/<(t[hd])[\s>](.*?)<\/\1>/gs)].map(cell => toCell(cell[0])),
  )
  const hasHeader = /<th[\s>]/.test(html)
  return { header: hasHeader ? (rows[0] ?? []) : [], rows: hasHeader ? rows.slice(1) : rows }
}

function toCell(html: string): Cell {
  const links = [...html.matchAll(/href="#([^"]+)"[^>]*>([^<]*)</g)].map(([, label = '', text = '']) => ({
    label: label.toLowerCase(),
    text,
  }))
  return { text: toPlainText(html), links }
}

/** Converts `html` to text. List items become lines that begin with `-`, and an inner list is indented. */
function toPlainText(html: string): string {
  let depth = 0
  const text = html.replace(/<\/?([a-z]+)[^>]*>/g, (tag, name: string) => {
    if (name === 'ul' || name === 'ol') {
      depth += tag.startsWith('</') ? -1 : 1
      return '\n'
    }
    if (name === 'li') return tag.startsWith('</') ? '' : `\n${'   '.repeat(depth - 1)}-  `
    if (name === 'strong' || name === 'b') return '**'
    if (name === 'p' || name === 'br' || name === 'div') return '\n'
    return ''
  })
  return unescapeText(text)
    .replace(/\n\s*\n/g, '\n')
    .replace(/- {2}\s*\n/g, '-  ')
    .trim()
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' }

/** Decodes HTML entities and removes the backslashes of Markdown. */
export function unescapeText(text: string): string {
  return text
    .replace(/&([a-z]+);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^\w\s])/g, '$1')
    .replaceAll('\\_', '_')
}
