import { type ErrorKind, isApiError, isArgumentError, isConfigurationError, isJobscopeError } from '@jobscope/core'
import { exitCodes } from './exit-codes.ts'
import { DeadlineError } from './jobs/deadline.ts'
import { NotFoundError } from './jobs/not-found-error.ts'
import { MissingJobError } from './jobs/read-created-ref.ts'
import { UnreadableListsError } from './jobs/unreadable-lists-error.ts'
import { DeepValueError } from './output/deep-value-error.ts'
import { listRequirements } from './spec/list-requirements.ts'
import { InterruptedError, interruptionExitCode } from './terminal/interrupted-error.ts'
import { toOneLine } from './terminal/sanitize.ts'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** How the command reports an error. */
export interface Failure {
  readonly exitCode: number
  /** One line per problem: what happened and how to fix it. */
  readonly lines: readonly string[]
}

export interface FailureOptions {
  /** Whether `jobscope login` reports the error. If so, no hint suggests to run `jobscope login`. */
  readonly isLogin?: boolean
}

/** Prints an error and returns its exit code. */
export function reportError(error: unknown, terminal: Terminal, options: FailureOptions = {}): number {
  const { exitCode, lines } = toFailure(error, options)
  for (const line of lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
  return exitCode
}

/** The message of an error on one line, without the name of the operation that failed. */
export function describeError(error: unknown, options: FailureOptions = {}): string {
  const text = toFailure(error, options).lines.join(' ')
  const prefix = isJobscopeError(error) ? `${error.operation}: ` : ''
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

/** The exit code and the message of an error. */
export function toFailure(error: unknown, { isLogin = false }: FailureOptions = {}): Failure {
  if (error instanceof UsageError) return { exitCode: exitCodes.usage.code, lines: error.lines.map(toOneLine) }
  if (error instanceof NotFoundError) return { exitCode: exitCodes.notFound.code, lines: [toOneLine(error.message)] }
  if (error instanceof MissingJobError) return { exitCode: exitCodes.network.code, lines: [toOneLine(error.message)] }
  if (error instanceof UnreadableListsError) return { exitCode: error.exitCode, lines: [toOneLine(error.message)] }
  if (error instanceof DeadlineError) return { exitCode: exitCodes.timeout.code, lines: [toOneLine(error.message)] }
  if (error instanceof DeepValueError) return { exitCode: exitCodes.failure.code, lines: [error.message] }
  if (error instanceof InterruptedError)
    return { exitCode: interruptionExitCode(error.signal), lines: [toOneLine(error.message)] }
  if (isApiError(error)) {
    // An error in a response with status 200 can have many reasons, so it does not mean that the arguments are wrong.
    const isVague = error.kind === 'invalid' && error.status < 300
    const { exitCode, hint } = (isVague ? undefined : apiErrors[error.kind]) ?? unclassified
    return createFailure(exitCode, error.message, isLogin && hint === loginHint ? undefined : hint)
  }
  if (isArgumentError(error)) {
    const { operation, parameter, message } = error
    const isPathParameter = operation !== undefined && parameter !== 'body'
    if (!isPathParameter) return createFailure(exitCodes.usage.code, message)
    const fix = listParameters(operation, parameter).map(name => `--param ${name}=<value>`)
    return createFailure(exitCodes.usage.code, `${parameter} is missing or invalid. Use ${fix.join(' ')}.`)
  }
  if (isConfigurationError(error)) return createFailure(exitCodes.usage.code, error.message)
  if (isJobscopeError(error)) {
    const { exitCode, hint } = otherErrors[error.name] ?? unclassified
    // Users of the command cannot set the options of a client. The hint names the options of the command.
    const message = error.message.replace(/\. Check the (?:option region|endpoint)$/, '')
    return createFailure(exitCode, message, hint)
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : `${error}`
  return createFailure(exitCodes.failure.code, message)
}

/**
 * Lists a path parameter and the parameters that follow it. The client reports only the first parameter that is missing, so without the
 * others, users would get one error after another.
 */
function listParameters(operation: string, parameter: string): readonly string[] {
  const lists = [...listRequirements.values()].filter(list => list.operation.endsWith(`.${operation}`))
  const names = lists.find(({ parameters }) => parameters.includes(parameter))?.parameters ?? [parameter]
  return names.slice(names.indexOf(parameter))
}

interface Treatment {
  readonly exitCode: number
  /** A sentence that says what the user can do. */
  readonly hint?: string
}

const unclassified: Treatment = { exitCode: exitCodes.failure.code }

const loginHint = 'Run jobscope login to see which credentials were used.'

const apiErrors: { readonly [kind in ErrorKind]?: Treatment } = {
  'auth-expired': {
    exitCode: exitCodes.credentials.code,
    hint: 'The token has expired. Get a new token, or use credentials that are renewed automatically (see jobscope login --help).',
  },
  auth: { exitCode: exitCodes.credentials.code, hint: loginHint },
  forbidden: {
    exitCode: exitCodes.credentials.code,
    hint: 'The credentials are valid but lack the permission for this operation.',
  },
  'not-found': { exitCode: exitCodes.notFound.code },
  invalid: { exitCode: exitCodes.usage.code },
  'rate-limit': { exitCode: exitCodes.network.code, hint: 'Try again later.' },
  transient: { exitCode: exitCodes.network.code, hint: 'Try again later.' },
}

const otherErrors: { readonly [name: string]: Treatment } = {
  CredentialsError: {
    exitCode: exitCodes.credentials.code,
    hint: 'Run jobscope login --help to see where credentials are read from.',
  },
  NetworkError: { exitCode: exitCodes.network.code, hint: 'Check --endpoint, --region and the network.' },
  TimeoutError: { exitCode: exitCodes.network.code, hint: 'Try again later.' },
  ResponseError: { exitCode: exitCodes.network.code, hint: 'Check --endpoint.' },
  WaitTimeoutError: { exitCode: exitCodes.timeout.code },
}

function createFailure(exitCode: number, message: string, hint?: string): Failure {
  const line = toOneLine(message)
  if (hint === undefined) return { exitCode, lines: [line] }
  return { exitCode, lines: [`${line}${/[.!?]$/.test(line) ? '' : '.'} ${hint}`] }
}
