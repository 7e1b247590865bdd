/** The parts of a request's URL, as `URL` normalizes them. */
export interface UrlParts {
  readonly protocol: string
  /** Host and port, as in the header `Host`. */
  readonly host: string
  /** Host without a port. An IPv6 address has brackets. */
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  /** Whether the path contains only characters that a signature does not encode. */
  readonly hasPlainPath?: boolean
}
