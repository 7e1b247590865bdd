/** A part of a form. */
export interface FormPart {
  readonly name: string
  readonly value: string
  readonly isFile: boolean
}

/** Returns the text fields of a form (`application/x-www-form-urlencoded` or `multipart/form-data`). Files are left out. */
export function parseForm(contentType: string, text: string): [name: string, value: string][] {
  if (/urlencoded/i.test(contentType)) return [...new URLSearchParams(text)]
  const parts = parseParts(contentType, text)
  return typeof parts === 'string' ? [] : parts.flatMap(({ name, value, isFile }) => (isFile ? [] : [[name, value]]))
}

export const getBoundary = (contentType: string): string | undefined =>
  /\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)?.slice(1).find(Boolean)

/**
 * The maximum length of a boundary, according to RFC 2046. The time to search a text for a boundary is proportional to the product of both
 * lengths, so a long boundary would block the mock.
 */
const MAX_BOUNDARY_LENGTH = 70

/** The maximum number of parts of a form. The end of the form counts as a part. */
const MAX_PARTS = 1000

/** Maximum number of characters that are read from the headers of a part. */
const MAX_HEAD_LENGTH = 4096

/** Returns the parts of `multipart/form-data` in order, or a message if the form is malformed. */
export function parseParts(contentType: string, text: string): readonly FormPart[] | string {
  const boundary = getBoundary(contentType)
  if (boundary === undefined) {
    return 'The Content-Type has no boundary. Let the library that creates the form set the Content-Type.'
  }
  if (boundary.length > MAX_BOUNDARY_LENGTH) {
    return `The boundary has ${boundary.length} characters. Send a boundary of at most ${MAX_BOUNDARY_LENGTH} characters.`
  }
  // The line break before a boundary belongs to the boundary, not to the part.
  const [, ...pieces] = `\r\n${text}`.split(`\r\n--${boundary}`, MAX_PARTS + 2)
  if (pieces.length > MAX_PARTS) return `The form has more than ${MAX_PARTS - 1} parts.`
  if (!pieces.at(-1)?.startsWith('--')) return `The form does not end with its boundary "--${boundary}--".`
  const parts: FormPart[] = []
  for (const [i, piece] of pieces.slice(0, -1).entries()) {
    const headEnd = piece.indexOf('\r\n\r\n')
    const head = piece.slice(0, Math.min(Math.max(0, headEnd), MAX_HEAD_LENGTH))
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? ''
    const name = /(?:^|[;\s])name=(?:"([^"]*)"|([^\s;]+))/i.exec(disposition)?.slice(1).find(Boolean)
    if (name === undefined) return `Part ${i + 1} has no name. Send Content-Disposition: form-data; name="…".`
    parts.push({ name, value: piece.slice(headEnd + 4), isFile: /(?:^|[;\s])filename\*?=/i.test(disposition) })
  }
  return parts
}
