import type { ErrorBodies } from './error-bodies.ts'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { slip } from './nearest.ts'
import { covers, type Example, examplesOf, type Operation, title } from './operation.ts'
import type { Preferences } from './prefer.ts'

/** What Prism is told to answer with. */
export interface ResponseSelection {
  readonly code?: number
  readonly exampleKey?: string
  readonly dynamic: boolean
  readonly seed?: string
  /** Status to send instead of the one that the example stands under. */
  readonly statusOverride?: number
}

/**
 * What the preferences of a request come to. An example is found under whatever status it stands; a failure example with
 * a 2xx `code` is sent with that status, as services do that wrap failures in a 2xx body.
 */
export function selectResponse(
  operation: Operation,
  wish: Preferences,
  problems: ErrorBodies,
): ResponseSelection | ErrorResponse {
  if (wish.problem) return invalidRequest(wish.problem)
  const base = {
    dynamic: wish.dynamic ?? false,
    ...(wish.seed !== undefined && { seed: wish.seed }),
  }
  if (wish.example === undefined) {
    if (wish.code === undefined) return base
    return documents(operation, wish.code) ? { ...base, code: wish.code } : unknownCode(operation, wish.code)
  }

  const { code } = wish
  const named = examplesOf(operation).filter(({ name }) => name === wish.example)
  const example = named.find(({ under }) => code !== undefined && covers(under, code)) ?? named[0]
  if (!example) return unknownExample(operation, wish.example)
  const chosen = { ...base, code: example.status, exampleKey: example.name }
  if (code === undefined) return chosen
  if (covers(example.under, code)) return { ...chosen, code }
  if (!documents(operation, code)) return unknownCode(operation, code)
  if (isSuccess(code) && !isSuccess(example.status) && problems.isFailure(example.value)) {
    return { ...chosen, statusOverride: code }
  }
  return misplaced(example, code)
}

const documents = (operation: Operation, status: number): boolean =>
  operation.responses.some(({ code }) => covers(code, status))

const isSuccess = (status: number): boolean => status >= 200 && status < 300

function unknownCode(operation: Operation, code: number): ErrorResponse {
  const codes = operation.responses.map(response => response.code).join(', ')
  return invalidRequest(`Prefer: ${title(operation)} documents no status ${code}; it has ${codes}`)
}

function unknownExample(operation: Operation, name: string): ErrorResponse {
  const names = examplesOf(operation).map(example => example.name)
  const meant = slip(name, names)
  return invalidRequest(
    `Prefer: ${title(operation)} has no example "${name}"${meant ? `, did you mean "${meant}"?` : ';'} It has ${names.join(', ') || 'none'}`,
  )
}

function misplaced({ name, status }: Example, code: number): ErrorResponse {
  const reason =
    isSuccess(code) && status >= 400 ? ', and its body is no failure by x-errors that could go with a 2xx' : ''
  return invalidRequest(
    `Prefer: example "${name}" stands under ${status}, not ${code}${reason}; leave code= out to get it`,
  )
}
