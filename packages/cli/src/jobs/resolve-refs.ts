import { isApiError, isArgumentError } from '@jobscope/core'
import { type Clients, type Jobs, type ListFailure, parseRef, type ServiceJob } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import { matchKindNames } from '../kind-names.ts'
import { readIdLength } from '../spec/id-length.ts'
import { formatAge } from '../terminal/format-time.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { getKindNames } from './connect-jobs.ts'
import { NotFoundError } from './not-found-error.ts'
import { UnreadableListsError } from './unreadable-lists-error.ts'

interface FoundJobs {
  readonly all: readonly ServiceJob[]
  /** The error of the first list that could not be read. Undefined if the other lists are enough to say that a job does not exist. */
  readonly error: unknown
  /** Whether no list at all could be read. */
  readonly isUnread: boolean
}

/** Converts the text that a user has typed to a job reference. */
export type RefResolver = (text: string) => Promise<string>

/** The jobs that a text can mean: their kinds, and the beginning of their IDs. */
interface RefSearch {
  readonly kinds: readonly string[]
  readonly prefix: string
  /** Whether the text can also be the name of a job. */
  readonly acceptsName: boolean
  /**
   * Whether the text can also be a complete reference. An ID that is shorter than the example in the spec may be complete, because IDs of
   * the kind can have different lengths.
   */
  readonly isReference: boolean
}

/**
 * If the IDs of a kind have at least this length, the beginning of an ID is sufficient. If they are shorter, the complete ID is required,
 * because it is easy to type.
 */
const minSearchedLength = 16

/** Maximum number of jobs that the message about an ambiguous reference lists. */
const maxCandidates = 5

/**
 * Creates a function that finds the reference of a job. The function accepts a reference, the beginning of an ID, or the name of a job.
 * In a reference, the ID can be shortened to its beginning, with or without `…`. A complete reference needs no request. For all other
 * texts, the function lists the jobs.
 */
export function createRefResolver(jobs: Jobs<Clients>, { signal, now }: Pick<Terminal, 'signal' | 'now'>): RefResolver {
  const lists = new Map<string, Promise<FoundJobs>>()
  const list = (kinds: readonly string[]) => {
    const key = kinds.join()
    const found = lists.get(key) ?? findJobs(jobs, kinds, signal)
    lists.set(key, found)
    return found
  }
  return async given => {
    const text = omitJobPrefix(given)
    const search = parseSearch(text, getKindNames(jobs))
    if (search === undefined) return text
    const { all, error, isUnread } = await list(search.kinds)
    const exact = all.find(({ id }) => id === search.prefix)
    if (exact) return exact.ref
    const matching = all.filter(
      ({ id, name }) => id.startsWith(search.prefix) || (search.acceptsName && name === search.prefix),
    )
    const [first, ...others] = matching
    if (!first && search.isReference) return text
    if (!first && isUnread && isNotFound(error)) throw createUnreadableError(text, error)
    // If a list could not be read, the job may be in this list. So the error of the list is thrown.
    if (!first) throw error ?? createNotFoundError(text, search, jobs)
    if (others.length === 0) return first.ref
    const shown = matching.slice(0, maxCandidates).map(job => describeCandidate(job, now()))
    const rest = matching.length > shown.length ? `, and ${matching.length - shown.length} more` : ''
    throw new UsageError(`"${text}" matches ${matching.length} jobs. Use one of: ${shown.join(', ')}${rest}.`)
  }
}

/** Removes `job/` at the beginning of a text, because users of kubectl type `job/<name>`. */
export const omitJobPrefix = (text: string): string => text.replace(/^jobs?\/(?=.)/, '')

/** Returns undefined if the text is a complete reference, or if it can be neither a reference nor the name or the ID of a job. */
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

/** `dli:batch:0a32… (failed, 2h ago)` */
function describeCandidate({ ref, state, createdAt, startedAt, updatedAt }: ServiceJob, now: number): string {
  const date = createdAt ?? startedAt ?? updatedAt
  return `${ref} (${[state, date && formatAge(date, now)].filter(Boolean).join(', ')})`
}

function createNotFoundError(text: string, { kinds, acceptsName }: RefSearch, jobs: Jobs<Clients>): NotFoundError {
  const what = acceptsName ? 'this name or an ID that begins with this text' : 'an ID that begins with this text'
  const [kind] = kinds
  // `jobs` means all jobs, although services have kinds with the name `job`.
  const [namedKind] = /^jobs?$/.test(text) ? [] : matchKindNames(text, kinds)
  const hint = jobs.kinds.some(({ service }) => service === text)
    ? `jobscope ls --service ${text}`
    : namedKind !== undefined
      ? `jobscope ls --kind ${namedKind}`
      : kinds.length === 1
        ? `jobscope ls --kind ${kind} --all`
        : 'jobscope ls --all'
  return new NotFoundError(`No job found for "${text}": no job has ${what}. To list the jobs, run: ${hint}`)
}

/** If the URL does not belong to the service, all requests for lists fail with "not found". */
function createUnreadableError(text: string, error: unknown): UnreadableListsError {
  const reason = describeError(error).replace(/\.$/, '')
  return new UnreadableListsError(
    `Cannot search for "${text}", because no list of jobs could be read: ${reason}. Check --endpoint, --region and --cloud.`,
  )
}

const isNotFound = (error: unknown): boolean => isApiError(error) && error.kind === 'not-found'

/** Lists jobs of the given kinds, and keeps the first error of a list that cannot be read. */
async function findJobs(jobs: Jobs<Clients>, kinds: readonly string[], signal: AbortSignal): Promise<FoundJobs> {
  const all: ServiceJob[] = []
  const errors: unknown[] = []
  const onError = ({ error }: ListFailure) => void errors.push(error)
  const list: AsyncIterable<ServiceJob> = jobs.list({ kinds: [...kinds], signal, onError })
  for await (const job of list) all.push(job)
  const listCount = jobs.kinds.filter(
    ({ service, kind, rules }) => rules.list && kinds.includes(`${service}:${kind}`),
  ).length
  const isUnread = errors.length > 0 && errors.length === listCount
  // Two kinds of errors are normal and ignored, unless no list can be read. Some lists require parameters that most users have not set.
  // Some endpoints offer only a part of the services.
  const important = errors.find(error => !isArgumentError(error) && !isNotFound(error))
  return { all, error: important ?? (isUnread ? (errors.find(isNotFound) ?? errors[0]) : undefined), isUnread }
}
