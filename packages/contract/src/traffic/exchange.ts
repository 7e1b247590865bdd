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

/** Returns the first value of a header. */
export function readHeader(headers: RecordedHeaders | undefined, lowerCaseName: string): string | undefined {
  if (headers === undefined) return undefined
  for (const name in headers) {
    if (name.length !== lowerCaseName.length || name.toLowerCase() !== lowerCaseName) continue
    const value = headers[name]
    return typeof value === 'string' ? value : value?.[0]
  }
  return undefined
}
