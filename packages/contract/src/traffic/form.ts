/** A field of a form. */
export type FormPair = readonly [name: string, value: string]

/**
 * Reads the fields of a form.
 *
 * @param contentType the content type of the form. All types except `multipart/…` are read as `application/x-www-form-urlencoded`
 * @returns `undefined` if the body of a multipart form does not contain its boundary, or if the boundary is missing or invalid
 */
export function readFormPairs(text: string, contentType: string): readonly FormPair[] | undefined {
  if (!isMultipart(contentType)) return [...new URLSearchParams(text)]
  const boundary = readBoundary(contentType)
  return boundary === undefined ? undefined : splitParts(text, boundary)
}

export const isMultipart = (contentType: string): boolean => /^\s*multipart\//i.test(contentType)

/** The maximum length of a boundary (RFC 2046, section 5.1.1). */
const maxBoundaryLength = 70

/** Reads the boundary of a multipart form from its content type. Returns `undefined` if it is missing or invalid. */
export function readBoundary(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^";\s]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  return boundary !== undefined && boundary.length <= maxBoundaryLength ? boundary : undefined
}

/** Returns names and values of the parts. Only the text between two boundaries is a part. */
function splitParts(text: string, boundary: string): readonly FormPair[] | undefined {
  const parts = text.split(`--${boundary}`)
  if (parts.length < 2) return undefined
  return parts.slice(1, -1).flatMap((part): readonly FormPair[] => {
    const start = /^\r?\n/.exec(part)?.[0].length
    const blank = /\r?\n\r?\n/.exec(part)
    const end = /\r?\n$/.exec(part.slice(-2))?.[0].length
    if (start === undefined || blank === null || end === undefined) return []
    const content = blank.index + blank[0].length
    const name = /\bname="((?:[^"\\]|\\.)*)"/i.exec(part.slice(start, blank.index))?.[1]
    return name === undefined || content > part.length - end ? [] : [[name, part.slice(content, part.length - end)]]
  })
}
