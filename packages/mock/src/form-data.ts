/** A part of a form, in the order in which they came. */
export interface FormPart {
  readonly name: string
  readonly value: string
  readonly isFile: boolean
}

/** Names and values of a form as text, files left out: `application/x-www-form-urlencoded` or `multipart/form-data`. */
export function parseForm(contentType: string, text: string): [name: string, value: string][] {
  if (/urlencoded/i.test(contentType)) return [...new URLSearchParams(text)]
  const parts = parseParts(contentType, text)
  return typeof parts === 'string' ? [] : parts.flatMap(({ name, value, isFile }) => (isFile ? [] : [[name, value]]))
}

export const boundaryOf = (contentType: string): string | undefined =>
  /\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)?.slice(1).find(Boolean)

/** The parts of `multipart/form-data`, or what is wrong with it. */
export function parseParts(contentType: string, text: string): readonly FormPart[] | string {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) return 'the Content-Type gives no boundary; leave it to the library that makes the form'
  // Between a line break and the boundary nothing belongs to a part.
  const [, ...pieces] = `\r\n${text}`.split(`\r\n--${boundary}`)
  if (!pieces.at(-1)?.startsWith('--')) return `it does not end with its boundary, --${boundary}--`
  const parts: FormPart[] = []
  for (const [i, piece] of pieces.slice(0, -1).entries()) {
    const end = piece.indexOf('\r\n\r\n')
    const head = piece.slice(0, Math.max(0, end))
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1]
    const name = /(?:^|[;\s])name=(?:"([^"]*)"|([^\s;]+))/i
      .exec(disposition ?? '')
      ?.slice(1)
      .find(Boolean)
    if (name === undefined) return `part ${i + 1} says no name: Content-Disposition: form-data; name="…" is missing`
    parts.push({ name, value: piece.slice(end + 4), isFile: /(?:^|[;\s])filename\*?=/i.test(disposition ?? '') })
  }
  return parts
}
