import type { ErrorBodies } from './error-bodies.ts'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { documentsStatus, type Example, getExamples, getOperationName, type Operation } from './operation.ts'
import type { Preferences } from './prefer.ts'
import { suggestName } from './suggest-name.ts'

/** The response that is requested from Prism. */
export interface ResponseSelection {
  readonly code?: number
  readonly exampleKey?: string
  readonly dynamic: boolean
  readonly seed?: string
  /** Replaces the documented status of the example. */
  readonly statusOverride?: number
}

/**
 * Selects the response that the header `Prefer` requests. An example is found by its name, regardless of its documented status. If `code`
 * is a 2xx status, a failure example is sent with this status, because some services report failures in 2xx responses.
 */
export function selectResponse(
  operation: Operation,
  preferences: Preferences,
  errorBodies: ErrorBodies,
): ResponseSelection | ErrorResponse {
  const { problem, dynamic = false, seed, code } = preferences
  if (problem) return invalidRequest(problem)
  const base = { dynamic, ...(seed !== undefined && { seed }) }
  if (preferences.example === undefined) {
    if (code === undefined) return base
    return hasStatus(operation, code) ? { ...base, code } : unknownStatus(operation, code)
  }

  const sameName = getExamples(operation).filter(({ name }) => name === preferences.example)
  const withStatus = sameName.find(({ responseCode }) => code !== undefined && documentsStatus(responseCode, code))
  const example = withStatus ?? sameName[0]
  if (!example) return unknownExample(operation, preferences.example)
  const selection = { ...base, code: example.status, exampleKey: example.name }
  if (code === undefined) return selection
  if (withStatus) return { ...selection, code }
  if (!hasStatus(operation, code)) return unknownStatus(operation, code)
  if (isSuccess(code) && !isSuccess(example.status) && errorBodies.isFailure(example.value)) {
    return { ...selection, statusOverride: code }
  }
  return wrongStatus(example, code)
}

const hasStatus = (operation: Operation, status: number): boolean =>
  operation.responses.some(({ code }) => documentsStatus(code, status))

const isSuccess = (status: number): boolean => status >= 200 && status < 300

function unknownStatus(operation: Operation, status: number): ErrorResponse {
  const codes = operation.responses.map(({ code }) => code).join(', ')
  return invalidRequest(`Prefer: ${getOperationName(operation)} documents no status ${status}. Use one of ${codes}.`)
}

function unknownExample(operation: Operation, name: string): ErrorResponse {
  const names = getExamples(operation).map(example => example.name)
  const suggestion = suggestName(name, names)
  return invalidRequest(
    `Prefer: ${getOperationName(operation)} has no example "${name}".${suggestion} Examples: ${names.join(', ') || 'none'}.`,
  )
}

function wrongStatus({ name, status }: Example, code: number): ErrorResponse {
  const reason =
    isSuccess(code) && status >= 400
      ? ` According to x-errors, the body of this example cannot be sent with a 2xx status.`
      : ''
  return invalidRequest(
    `Prefer: example "${name}" has status ${status}, not ${code}.${reason} Leave out code= to get the example.`,
  )
}
