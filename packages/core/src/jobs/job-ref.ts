/** U+FFFD, as a number, because the published files contain only ASCII characters. */
const replacementCharacter = /* @__PURE__ */ String.fromCodePoint(0xfffd)

/** A parsed job reference. */
export interface JobRef {
  readonly service: string
  readonly kind: string
  /** The parts of the job's key, in the order of the spec. */
  readonly key: readonly string[]
}

/**
 * Formats a job reference: `dli:batch:0a324461-...`, `modelarts:training-version:10/12`. Special characters of the key are
 * percent-encoded, so that the text can be parsed again and can be passed through JSON and a shell. Characters that are not valid
 * Unicode are replaced.
 */
export const formatJobRef = ({ service, kind, key }: JobRef): string =>
  `${service}:${kind}:${key.map(part => encodeURIComponent(part.replace(/\p{Surrogate}/gu, replacementCharacter))).join('/')}`

/** Parses a job reference. Returns `undefined` if the text is malformed. */
export function parseJobRef(text: string): JobRef | undefined {
  const [, service, kind, id] = /^([^:]+):([^:]+):([^:]+)$/.exec(text) ?? []
  if (!service || !kind || !id) return undefined
  try {
    const key = id.split('/').map(decodeURIComponent)
    return key.every(Boolean) ? { service, kind, key } : undefined
  } catch {
    return undefined // malformed percent-encoding
  }
}
