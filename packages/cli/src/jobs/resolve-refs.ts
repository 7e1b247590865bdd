import { type Clients, type Jobs, parseRef, type ServiceJob } from '@jobscope/jobs'
import { matchKindNames } from '../kind-names.ts'
import { readIdLength } from '../spec/id-length.ts'
import { UsageError } from '../usage-error.ts'
import { getKindNames } from './connect-jobs.ts'
import { NotFoundError } from './not-found-error.ts'

/** Turns what users type into a job reference. */
export type RefResolver = (text: string) => Promise<string>

/** What a text can stand for: the kinds, and the beginning of the ID. */
interface RefSearch {
  readonly kinds: readonly string[]
  readonly prefix: string
  /** Whether the text can also be the name of a job. */
  readonly acceptsName: boolean
  /** Whether the text can also be a complete reference, because IDs of the kind can have different lengths. */
  readonly isReference: boolean
}

/**
 * The minimum length of IDs for which a prefix is accepted. Kinds of jobs with shorter IDs need the complete ID, because it is easy
 * to type.
 */
const minSearchedLength = 16

/** Maximum number of jobs that the message about an ambiguous reference lists. */
const maxCandidates = 5

/**
 * Creates a function that accepts a reference, a reference whose ID is shortened to a unique prefix (with or without `…`), or only the
 * prefix or the name of a job. A complete reference needs no request. Otherwise the function lists the jobs.
 */
export function createRefResolver(jobs: Jobs<Clients>, signal: AbortSignal): RefResolver {
  const lists = new Map<string, Promise<readonly ServiceJob[]>>()
  const list = (kinds: readonly string[]) => {
    const key = kinds.join()
    const found = lists.get(key) ?? collect(jobs.list({ kinds: [...kinds], signal, onError() {} }))
    lists.set(key, found)
    return found
  }
  return async text => {
    const search = parseSearch(text, getKindNames(jobs))
    if (search === undefined) return text
    const all = await list(search.kinds)
    const exact = all.find(({ id }) => id === search.prefix)
    if (exact) return exact.ref
    const matching = all.filter(
      ({ id, name }) => id.startsWith(search.prefix) || (search.acceptsName && name === search.prefix),
    )
    const [first, ...others] = matching
    if (!first && search.isReference) return text
    if (!first) throw createNotFoundError(text, search)
    if (others.length === 0) return first.ref
    const shown = matching.slice(0, maxCandidates).map(({ ref }) => ref)
    const rest = matching.length > shown.length ? `, and ${matching.length - shown.length} more` : ''
    throw new UsageError(`"${text}" stands for ${matching.length} jobs. Use one of: ${shown.join(', ')}${rest}.`)
  }
}

/** Returns undefined if the text is a complete reference, or no reference at all. */
function parseSearch(text: string, known: readonly string[]): RefSearch | undefined {
  const isCut = /(…|\.\.\.)$/.test(text)
  const parts = text.replace(/(…|\.\.\.)$/, '').split(':')
  const prefix = parts.pop() ?? ''
  if (prefix === '' || parts.length > 2) return undefined
  if (parts.length === 0) return { kinds: known, prefix, acceptsName: true, isReference: false }
  const kinds = matchKindNames(parts.join(':'), known)
  const [kind = ''] = kinds
  if (kinds.length === 0) return undefined
  const isFull = !isCut && kind === parts.join(':')
  if (isFull && isCompleteId(kind, text)) return undefined
  return { kinds, prefix, acceptsName: false, isReference: isFull && prefix.length >= minSearchedLength }
}

function isCompleteId(kind: string, text: string): boolean {
  const { key } = parseRef(text)
  const length = readIdLength(kind)
  return key.length > 1 || length < minSearchedLength || (key[0] ?? '').length >= length
}

function createNotFoundError(text: string, { kinds, acceptsName }: RefSearch): NotFoundError {
  const what = acceptsName ? 'ID that begins with it or this name' : 'ID that begins with this text'
  const [kind] = kinds
  const hint = kinds.length === 1 ? `jobscope ls --kind ${kind} --all` : 'jobscope ls --all'
  return new NotFoundError(`No job found for "${text}": none has an ${what}. To list the jobs, run: ${hint}`)
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
