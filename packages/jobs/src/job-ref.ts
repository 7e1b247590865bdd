import type { Kind } from './client-job-kinds.ts'

/** A job by its name in the world: which client, which kind, and the parts of its key in their order. */
export interface Ref {
  readonly service: string
  readonly kind: string
  readonly key: readonly string[]
}

/** A ref that cannot be read, or that no client stands for. The message says what would be right. */
export class RefError extends TypeError {
  override readonly name = 'RefError'
}

/**
 * Writes a ref as a text: `dli:batch:0a324461-…`, `modelarts:training-version:10/12`. What could be mistaken in an id is
 * percent-encoded, so that the text survives JSON, a shell's argument and another process.
 */
export const formatRef = ({ service, kind, key }: Ref): string =>
  `${service}:${kind}:${key.map(encodeURIComponent).join('/')}`

/**
 * Reads a ref.
 *
 * @throws RefError if the text is none
 * @example
 * parseRef('modelarts:training-version:10/12') // { service: 'modelarts', kind: 'training-version', key: ['10', '12'] }
 */
export function parseRef(text: string): Ref {
  const [, service, kind, id] = /^([^:]+):([^:]+):([^:]+)$/.exec(text) ?? []
  if (!service || !kind || !id) throw bad(text, 'is no ref; one is service:kind:id, as in dli:batch:0a324461')
  try {
    const key = id.split('/').map(decodeURIComponent)
    if (key.every(Boolean)) return { service, kind, key }
  } catch {}
  throw bad(text, 'has an id that cannot be read; take the ref of a job as it is')
}

/** A ref with all that it stands for. */
export interface ResolvedRef {
  readonly kind: Kind
  /** The key, as arguments of the kind's operations. */
  readonly args: Readonly<Record<string, string>>
  /** The ref as jobs have it. */
  readonly ref: string
}

/**
 * Finds what a ref stands for.
 *
 * @throws RefError if it is none, or no client stands for it
 */
export function resolveRef(kinds: readonly Kind[], text: string): ResolvedRef {
  const { service, kind: name, key } = parseRef(text)
  const services = [...new Set(kinds.map(kind => kind.service))]
  if (!services.includes(service)) throw bad(text, `names no client; there are ${services.join(', ') || 'none'}`)
  const own = kinds.filter(kind => kind.service === service)
  const kind = own.find(kind => kind.kind === name)
  if (!kind) throw bad(text, `names no kind of ${service}; there are ${own.map(({ kind }) => kind).join(', ')}`)
  const names = Object.keys(kind.rules.key)
  if (names.length !== key.length) {
    const wanted = `${service}:${name}:${names.join('/')}`
    throw bad(text, `has ${key.length} of the ${names.length} parts of an id; ${wanted} is wanted`)
  }
  return {
    kind,
    args: Object.fromEntries(names.map((part, index) => [part, key[index] as string])),
    ref: formatRef({ service, kind: name, key }),
  }
}

const bad = (text: string, problem: string) => new RefError(`'${`${text}`.slice(0, 200)}' ${problem}`)
