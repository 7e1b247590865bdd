import { isArgumentError } from '@jobscope/core'
import type { ListFailure } from '@jobscope/jobs'
import type { Connection } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { matchKindNames } from '../kind-names.ts'
import { listRequirements } from '../spec/list-requirements.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { FilterFlags } from './filter-flags.ts'

/** Collects the lists that cannot be read, and prints each reason once. */
export interface ListReport {
  addListFailure(context: string, failure: ListFailure, connection: Connection): void
  /** Adds a failure that prevents every list of a context from being read, such as missing credentials. */
  addFailure(context: string, error: unknown): void
  print(): void
  /** The exit code of the first failure. */
  exitCode(): number
}

/** The required parameters of a list that are not set. */
export interface MissingParameters {
  readonly names: readonly string[]
  /** The operation that reads the list, with its service. */
  readonly operation: string
}

/** A reason why lists failed, and the names of these lists. */
interface GroupedFailure {
  readonly exitCode: number
  readonly names: string[]
}

export function createListReport(flags: FilterFlags, { note, paint }: Terminal): ListReport {
  const failures = new Map<string, GroupedFailure>()
  /** The kinds of jobs that are not listed, grouped by the parameters that they require and that are not set. */
  const skipped = new Map<string, { readonly missing: MissingParameters; readonly kinds: Set<string> }>()
  const add = (name: string, error: unknown) => {
    const reason = describeError(error)
    const failure = failures.get(reason) ?? { exitCode: toFailure(error).exitCode, names: [] }
    failure.names.push(name)
    failures.set(reason, failure)
  }
  return {
    addListFailure(context, { service, kind, error }, connection) {
      const name = `${service}:${kind}`
      const missing = findMissingParameters({ service, kind, error }, flags, connection)
      if (missing === undefined) return add(context === '' ? name : `${context}: ${name}`, error)
      const kinds = skipped.get(missing.names.join())?.kinds ?? new Set()
      skipped.set(missing.names.join(), { missing, kinds: kinds.add(name) })
    },
    addFailure: add,
    print() {
      for (const [reason, { names }] of failures) note(`${paint('red', 'jobscope:')} ${names.join(', ')}: ${reason}`)
      for (const { missing, kinds } of skipped.values()) {
        note(paint('dim', formatNotListed(missing, [...kinds])))
      }
    },
    exitCode() {
      const [first] = failures.values()
      return first?.exitCode ?? exitCodes.success.code
    },
  }
}

/**
 * Returns the path parameters that a list requires and that are not set. Returns undefined if the list failed for another reason, or if
 * the user requested the kind. If the user did not request the kind, a missing parameter is not a failure, because most users have not
 * set the parameters that some kinds require.
 */
export function findMissingParameters(
  { service, kind, error }: Pick<ListFailure, 'service' | 'kind' | 'error'>,
  flags: Pick<FilterFlags, 'service' | 'kind'>,
  { parameters }: Connection,
): MissingParameters | undefined {
  const isRequested =
    flags.service?.includes(service) ||
    flags.kind?.some(each => matchKindNames(each, [`${service}:${kind}`]).length > 0)
  if (isRequested || !isArgumentError(error) || error.operation === undefined) return undefined
  if (Object.hasOwn(parameters, error.parameter)) return undefined
  const requirements = listRequirements.get(`${service}:${kind}`)
  const required = (requirements?.parameters ?? []).filter(name => !Object.hasOwn(parameters, name))
  return {
    names: required.includes(error.parameter) ? required : [error.parameter],
    operation: requirements?.operation ?? error.operation,
  }
}

/** The note about kinds of jobs that are not listed because parameters are not set. */
export function formatNotListed({ names, operation }: MissingParameters, kinds: readonly string[]): string {
  const options = names.map(name => `--param ${name}=<value>`).join(' ')
  return `Not listed: ${kinds.join(', ')}. To list ${kinds.length === 1 ? 'it' : 'them'}, use ${options} (see jobscope api ${operation} --describe).`
}
