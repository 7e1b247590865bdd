/** The boundary of the forms in redacted exchanges. */
export const boundary = 'redacted-boundary'

/** Reads the boundary of a multipart form from its content type. */
export const readBoundary = (contentType: string): string | undefined => /boundary="?([^";]+)/i.exec(contentType)?.[1]
