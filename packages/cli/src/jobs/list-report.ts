import { isArgumentError } from '@jobscope/core'
import type { ListFailure } from '@jobscope/jobs'
import type { Connection } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { matchKindNames } from '../kind-names.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { FilterFlags } from './filter-flags.ts'

/** Collects the lists that cannot be read, and prints each reason once. */
export interface ListReport {
  addListFailure(context: string, failure: ListFailure, connection: Connection): void
  /** Adds a failure that concerns a whole context. */
  addFailure(context: string, error: unknown): void
  print(): void
  /** The exit code of the first failure. */
  exitCode(): number
}

/** A reason why lists failed, and the names of these lists. */
interface GroupedFailure {
  readonly exitCode: number
  readonly names: string[]
}

export function createListReport(flags: FilterFlags, { note, paint }: Terminal): ListReport {
  const failures = new Map<string, GroupedFailure>()
  /** For each required parameter that is not set: the kinds of jobs that require it. */
  const skipped = new Map<string, Set<string>>()
  const add = (name: string, error: unknown) => {
    const reason = describeError(error)
    const failure = failures.get(reason) ?? { exitCode: toFailure(error).exitCode, names: [] }
    failure.names.push(name)
    failures.set(reason, failure)
  }
  return {
    addListFailure(context, { service, kind, error }, connection) {
      const name = `${service}:${kind}`
      const isRequested =
        flags.service?.includes(service) || flags.kind?.some(each => matchKindNames(each, [name]).length > 0)
      // The lists of some kinds of jobs require parameters that most users have not set. A missing parameter is a failure only if
      // the user requested such a kind.
      const parameter = isRequested ? undefined : getUnsetParameter(error, connection)
      if (parameter === undefined) add(context === '' ? name : `${context}: ${name}`, error)
      else skipped.set(parameter, new Set([...(skipped.get(parameter) ?? []), name]))
    },
    addFailure: add,
    print() {
      for (const [reason, { names }] of failures) note(`${paint('red', 'jobscope:')} ${names.join(', ')}: ${reason}`)
      for (const [parameter, kinds] of skipped) {
        const them = kinds.size === 1 ? 'it' : 'them'
        note(paint('dim', `Not listed: ${[...kinds].join(', ')}. To list ${them}, use --param ${parameter}=<value>.`))
      }
    },
    exitCode() {
      const [first] = failures.values()
      return first?.exitCode ?? exitCodes.success.code
    },
  }
}

/** If an error was caused by a path parameter that is not set, returns the name of the parameter. */
function getUnsetParameter(error: unknown, { parameters }: Connection): string | undefined {
  if (!isArgumentError(error) || error.operation === undefined) return undefined
  return Object.hasOwn(parameters, error.parameter) ? undefined : error.parameter
}
