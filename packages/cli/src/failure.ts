import { isApiError, isJobscopeError } from '@jobscope/core'
import { exitCode } from './exit-codes.ts'
import { oneLine } from './terminal/sanitize.ts'
import { Interrupted } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** How the command ends when something goes wrong. */
export interface Failure {
  readonly code: number
  /** What is wrong, and how it is put right: a line each. */
  readonly lines: readonly string[]
}

/** What an error means to whoever typed the command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: exitCode.usage, lines: error.message.split('\n') }
  if (error instanceof Interrupted) return { code: exitCode.interrupted, lines: [error.message] }
  if (isApiError(error)) {
    const { [error.kind]: [exit, fix] = [exitCode.failed, ''] } = kinds
    return one(exit, `${error.message}${fix}`)
  }
  if (isJobscopeError(error)) {
    const { [error.name]: [exit, fix] = [exitCode.failed, ''] } = names
    return one(exit, `${error.message}${placeOf(error.cause)}${fix}`)
  }
  // A wrong argument, as clients and jobs refuse it.
  if (error instanceof TypeError) {
    const [, parameter] = /(\w+) must be given by call or client/.exec(error.message) ?? []
    return one(exitCode.usage, parameter ? `${parameter} is missing: --param ${parameter}=<value>` : error.message)
  }
  return one(exitCode.failed, error instanceof Error ? (error.stack ?? error.message) : `${error}`)
}

const one = (code: number, line: string): Failure => ({ code, lines: [oneLine(line).slice(0, 1000)] })

/** What a refusal is to the command, and what helps. */
const kinds: { readonly [kind: string]: readonly [code: number, fix: string] } = {
  'auth-expired': [
    exitCode.auth,
    '; the token is no longer valid: get a new one, or give what renews itself (jobscope login --help)',
  ],
  auth: [exitCode.auth, '; jobscope login says which credentials were used'],
  forbidden: [exitCode.auth, '; the credentials are good, but may not do this'],
  'not-found': [exitCode.usage, ''],
  invalid: [exitCode.usage, ''],
  'rate-limit': [exitCode.network, '; try again later'],
  transient: [exitCode.network, '; try again later'],
}

const names: { readonly [name: string]: readonly [code: number, fix: string] } = {
  CredentialsError: [exitCode.auth, '; jobscope login --help says where they are looked for'],
  NetworkError: [exitCode.network, '; check --endpoint, --region and the network'],
  TimeoutError: [exitCode.network, '; try again later'],
  ResponseError: [exitCode.network, '; check --endpoint'],
  JobFailedError: [exitCode.failed, ''],
  WaitTimeoutError: [exitCode.timedOut, ''],
}

/** Whom a connection could not be made to, as Node says it. */
function placeOf(error: unknown): string {
  // Of a name with several addresses the first that was tried.
  const [tried] = (error as { errors?: readonly unknown[] } | undefined)?.errors ?? [error]
  const { hostname, address, port } = (tried ?? {}) as { hostname?: string; address?: string; port?: number }
  const place = hostname ?? address
  return place === undefined ? '' : ` (${[place, port].filter(Boolean).join(':')})`
}
