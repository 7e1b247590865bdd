/**
 * Headers by name. The case of the names does not matter. The value of a repeated header is an array, or one text with its values
 * joined by commas.
 */
export interface RecordedHeaders {
  readonly [name: string]: string | readonly string[]
}

/** A request and its response, as a recording contains them. Bodies are text, without `Content-Encoding`. */
export interface Exchange {
  /** Time of the request, ISO 8601. */
  readonly startedAt?: string | undefined
  readonly request: {
    readonly method: string
    /** Absolute URL. */
    readonly url: string
    readonly headers?: RecordedHeaders | undefined
    /** `undefined` if there was no body. */
    readonly body?: string | undefined
  }
  readonly response: {
    readonly status: number
    readonly headers?: RecordedHeaders | undefined
    /** `undefined` if there was no body, or if it is binary and was not recorded. */
    readonly body?: string | undefined
  }
}

/** Returns the first value of a header. Some recorders write numbers, `null` or objects. Numbers are converted, and objects are ignored. */
export function readHeader(headers: RecordedHeaders | undefined, lowerCaseName: string): string | undefined {
  if (headers === undefined) return undefined
  for (const name in headers) {
    if (name.length !== lowerCaseName.length || name.toLowerCase() !== lowerCaseName) continue
    const value: unknown = headers[name]
    if (typeof value === 'string') return value
    const first: unknown = Array.isArray(value) ? value[0] : value
    return isScalar(first) ? String(first) : undefined
  }
  return undefined
}

/** Whether a value of a header can be converted to text. */
export const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Whether a message had a body that the recording does not contain as text, because it is binary. */
export const hasBinaryBody = (headers: RecordedHeaders | undefined): boolean =>
  Number(readHeader(headers, 'content-length') ?? 0) > 0

/** Adds the length of a binary body to headers that have no length, so that the body does not count as missing. */
export const addBinaryLength = (headers: RecordedHeaders | undefined, length: number): RecordedHeaders | undefined =>
  length > 0 && !hasBinaryBody(headers) ? { ...headers, 'content-length': `${length}` } : headers
