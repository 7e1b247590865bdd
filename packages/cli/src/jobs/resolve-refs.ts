import { isApiError, isArgumentError } from '@jobscope/core'
import { type Clients, type Jobs, type ListFailure, parseRef, type ServiceJob } from '@jobscope/jobs'
import { type ConnectionFlags, getConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { matchKindNames } from '../kind-names.ts'
import { readIdLength } from '../spec/id-length.ts'
import { listRequirements } from '../spec/list-requirements.ts'
import { formatAge } from '../terminal/format-time.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { getKindNames } from './connect-jobs.ts'
import { formatFollowUpCommand } from './follow-up-command.ts'
import { getJobDate } from './job-date.ts'
import { NotFoundError } from './not-found-error.ts'
import { UnreadableListsError } from './unreadable-lists-error.ts'

interface FoundJobs {
  readonly all: readonly ServiceJob[]
  /** The lists that could not be read. */
  readonly failures: readonly ListFailure[]
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
 *
 * @param flags the options for the connection, for commands in error messages
 */
export function createRefResolver(
  jobs: Jobs<Clients>,
  { signal, now }: Pick<Terminal, 'signal' | 'now'>,
  flags: ConnectionFlags = {},
): RefResolver {
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
    const { all, failures, isUnread } = await list(search.kinds)
    const { prefix, acceptsName } = search
    // A complete ID is not ambiguous although longer IDs begin with it. But jobs of different kinds can have the same ID.
    const isCompleteId = all.some(({ id }) => id === prefix)
    const matching = all.filter(
      ({ id, name }) => (isCompleteId ? id === prefix : id.startsWith(prefix)) || (acceptsName && name === prefix),
    )
    const [first, ...others] = matching
    if (!first && search.isReference) return text
    if (!first && isUnread) throw createUnreadError(text, failures)
    if (!first) throw createSearchError(text, search, failures, { jobs, flags })
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
  if (isFull && hasCompleteId(kind, text)) return undefined
  return { kinds, prefix, acceptsName: false, isReference: isFull && prefix.length >= minSearchedLength }
}

function hasCompleteId(kind: string, text: string): boolean {
  const { key } = parseRef(text)
  const length = readIdLength(kind)
  return key.length > 1 || length < minSearchedLength || (key[0] ?? '').length >= length
}

/** `dli:batch:0a32… (failed, 2h ago)` */
function describeCandidate(job: ServiceJob, now: number): string {
  const date = getJobDate(job)
  return `${job.ref} (${[job.state, date && formatAge(date, now)].filter(Boolean).join(', ')})`
}

interface SearchContext {
  readonly jobs: Jobs<Clients>
  readonly flags: ConnectionFlags
}

/** Creates the error for a search that found no job. The error names the lists that could not be read, because they may contain the job. */
function createSearchError(
  text: string,
  search: RefSearch,
  failures: readonly ListFailure[],
  context: SearchContext,
): Error {
  const what = search.acceptsName ? 'this name or an ID that begins with this text' : 'an ID that begins with this text'
  const failed = failures.filter(({ error }) => !isArgumentError(error))
  const notSearched = describeNotSearched(failures)
  const [first] = failed
  if (first) {
    const reasons = Map.groupBy(failed, ({ error }) => describeError(error).replace(/\.$/, ''))
    const lists = [...reasons].map(([reason, group]) => `${group.map(getKindName).join(', ')} (${reason})`)
    return new UnreadableListsError(
      `Cannot find "${text}": no job in the lists that could be read has ${what}. The job may be in one of the lists that could not be read: ${lists.join('; ')}.${notSearched}`,
      getExitCode(first),
    )
  }
  return new NotFoundError(
    `No job found for "${text}": no job has ${what}.${notSearched} To list the jobs, run: ${getListCommand(text, search, context)}`,
  )
}

/** Names the kinds of jobs whose lists require parameters that are not set or invalid. */
function describeNotSearched(failures: readonly ListFailure[]): string {
  const lists = failures.flatMap(failure => {
    const { error } = failure
    if (!isArgumentError(error)) return []
    const name = getKindName(failure)
    const names = listRequirements.get(name)?.parameters ?? []
    const required = names.includes(error.parameter) ? names : [error.parameter]
    return [`${name} (requires ${required.map(each => `--param ${each}=<value>`).join(' ')})`]
  })
  return lists.length === 0 ? '' : ` Not searched, although the job may be there: ${lists.join(', ')}.`
}

/** The command that lists the jobs that were searched. */
function getListCommand(text: string, { kinds }: RefSearch, { jobs, flags }: SearchContext): string {
  const [kind = ''] = kinds
  // `jobs` means all jobs, although services have kinds with the name `job`.
  const [namedKind] = /^jobs?$/.test(text) ? [] : matchKindNames(text, kinds)
  const format = (...options: string[]) => formatFollowUpCommand('ls', options, getConnectionFlags(flags))
  if (jobs.kinds.some(({ service }) => service === text)) return format('--service', text)
  if (namedKind !== undefined) return format('--kind', namedKind)
  return kinds.length === 1 ? format('--kind', kind, '--all') : format('--all')
}

/** Returns the error for a search that could not read any list. */
function createUnreadError(text: string, failures: readonly ListFailure[]): unknown {
  const errors = failures.map(({ error }) => error)
  const important = errors.find(error => !isArgumentError(error) && !isNotFound(error))
  const notFound = errors.find(isNotFound)
  if (important !== undefined || notFound === undefined) return important ?? errors[0]
  // If the URL does not belong to the service, all requests for lists fail with "not found".
  const reason = describeError(notFound).replace(/\.$/, '')
  return new UnreadableListsError(
    `Cannot search for "${text}", because no list of jobs could be read: ${reason}. Check --endpoint, --region and --cloud.`,
    exitCodes.network.code,
  )
}

const getKindName = ({ service, kind }: ListFailure): string => `${service}:${kind}`

/** If a list responds with 404, the URL of the service is probably wrong. This does not mean that the job is missing. */
const getExitCode = ({ error }: ListFailure): number =>
  isNotFound(error) ? exitCodes.network.code : toFailure(error).exitCode

const isNotFound = (error: unknown): boolean => isApiError(error) && error.kind === 'not-found'

/** Lists jobs of the given kinds, and collects the lists that cannot be read. */
async function findJobs(jobs: Jobs<Clients>, kinds: readonly string[], signal: AbortSignal): Promise<FoundJobs> {
  const all: ServiceJob[] = []
  const failures: ListFailure[] = []
  const onError = (failure: ListFailure) => void failures.push(failure)
  const list: AsyncIterable<ServiceJob> = jobs.list({ kinds: [...kinds], signal, onError })
  for await (const job of list) all.push(job)
  const listCount = jobs.kinds.filter(
    ({ service, kind, rules }) => rules.list && kinds.includes(`${service}:${kind}`),
  ).length
  return { all, failures, isUnread: failures.length > 0 && failures.length === listCount }
}
