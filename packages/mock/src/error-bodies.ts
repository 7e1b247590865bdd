import { STATUS_CODES } from 'node:http'
import { type ErrorsSpec, readFirstPointer, readPointer, writePointer } from '@jobscope/specs'
import { matchesFailure } from '@jobscope/specs/matches-failure'
import type { Bundle } from './bundle.ts'
import type { ErrorResponse } from './error-response.ts'
import { type Example, getExamples, type Operation } from './operation.ts'

/**
 * Creates error bodies in the shape of the service. A body is one of the error examples of the spec, selected by the meaning
 * of its error code and by status. `x-errors` names the places where the mock puts its own message and request ID.
 */
export interface ErrorBodies {
  /** The body of an error that an operation returns, in the shape of its service. */
  forOperation(operation: Operation, error: ErrorResponse, requestId: string): unknown
  /** The body of an error that occurs before the request reaches an operation, in the shape of the gateway. */
  forGateway(error: ErrorResponse, requestId: string): unknown
  /** The body of a failure with this status (4xx, 5xx), with the message of the service or the gateway. */
  forStatus(operation: Operation, status: number, requestId: string): unknown
  /** The statuses of 500 and above for which the spec lists error codes. */
  readonly serverErrorStatuses: readonly number[]
  /** The gateway's message for a cause in `x-errors.messages`, with placeholders replaced by `values`. */
  getGatewayMessage(cause: string, values?: { readonly [name: string]: string }): string
  /** The documented error with this meaning, with its status. `undefined` if the operation documents no such error. */
  findDocumentedError(operation: Operation, kind: ErrorResponse['kind'], message: string): ErrorResponse | undefined
  /** The documented error with this code, with its status. `undefined` if the operation documents no such error. */
  findErrorByCode(
    operation: Operation,
    error: Required<Pick<ErrorResponse, 'kind' | 'code' | 'message'>>,
  ): ErrorResponse | undefined
  /** Turns the body of a success example into a failure, as `x-errors.failure` declares. Without `x-errors.failure`, returns a copy. */
  toFailure(body: object, message: string): unknown
  /** A failure body that the operation may send with a 2xx status. `undefined` if there is no such body. */
  createFailureInSuccess(operation: Operation): unknown
  /** Whether a body with a 2xx status is a failure according to `x-errors.failure`. */
  isFailure(body: unknown): boolean
  /** The request ID in a body. */
  readRequestId(body: unknown): string | undefined
}

/** The longest message in a body, in characters. A message can repeat values of the request, such as 20,000 keys. */
const MAX_MESSAGE_LENGTH = 64 * 1024

type JsonObject = Record<string, unknown>

const DEFAULT_RULES: ErrorsSpec = {
  code: ['/error_code'],
  message: ['/error_msg'],
  requestId: ['/request_id'],
  kinds: {},
}

export function createErrorBodies(bundle: Bundle, operations: readonly Operation[]): ErrorBodies {
  const rules = bundle['x-errors'] ?? DEFAULT_RULES
  const requestIdPointers = rules.requestId ?? []
  // A service may write the prefix of its codes in several ways: `RES.2211`, `res.2211`.
  const kindByCode = new Map(
    Object.entries(rules.kinds).flatMap(([kind, codes]) => codes.map(code => [code.toLowerCase(), kind])),
  )
  const readCode = (body: unknown): string => String(readFirstPointer(body, rules.code) ?? '')
  const readMessage = (body: unknown): string => String(readFirstPointer(body, rules.message) ?? '')
  const getKind = (example: Example): string | undefined => kindByCode.get(readCode(example.value).toLowerCase())
  const getErrors = (operation: Operation): Example[] => getExamples(operation).filter(({ status }) => status >= 400)
  const isGatewayCode = createGatewayCodeTest(bundle, rules)
  const isGatewayError = ({ value }: Example): boolean => isGatewayCode(readCode(value))

  /**
   * Returns the example with the code of the error, if there is such an example. Otherwise, returns the first example with the same
   * meaning, preferably with the same status. Returns `undefined` if no example has this meaning, because an example with another
   * meaning would mislead the caller.
   */
  const selectExample = (examples: readonly Example[], { status, kind, code }: ErrorResponse): Example | undefined =>
    (code === undefined ? undefined : examples.find(({ value }) => readCode(value) === code)) ??
    examples.find(example => example.status === status && getKind(example) === kind) ??
    examples.find(example => getKind(example) === kind)

  /** Returns the example's body with another message and request ID. Without an example, the body has only a code and the message. */
  const fillExample = (
    example: Example | undefined,
    { status, kind, message }: ErrorResponse,
    requestId: string,
  ): JsonObject => {
    const body: JsonObject = {}
    if (isObject(example?.value)) Object.assign(body, structuredClone(example.value))
    else writePointer(body, rules.code[0] ?? '/code', rules.kinds[kind]?.[0] ?? String(status))
    writeExisting(body, rules.message, message.slice(0, MAX_MESSAGE_LENGTH))
    if (readFirstPointer(body, requestIdPointers) !== undefined) writeExisting(body, requestIdPointers, requestId)
    return body
  }

  const isFailure = (body: unknown): boolean => rules.failure !== undefined && matchesFailure(rules.failure, body)

  const toFailure = (body: object, message: string): unknown => {
    const failure = structuredClone(body) as JsonObject
    if (!rules.failure) return failure
    const { at, in: values = [] } = rules.failure
    const type = typeof readPointer(body, at)
    writePointer(failure, at, values.find(value => typeof value === type) ?? values[0] ?? '')
    writeExisting(failure, rules.message, message)
    return failure
  }

  return {
    forOperation: (operation, error, requestId) =>
      fillExample(selectExample(getErrors(operation), error), error, requestId),
    forGateway(error, requestId) {
      const all = operations.flatMap(getErrors)
      const example = selectExample(all.filter(isGatewayError), error) ?? selectExample(all, error)
      return fillExample(example, error, requestId)
    },
    forStatus(operation, status, requestId) {
      const sameStatus = getErrors(operation).find(example => example.status === status)
      const [code] = rules.status?.[status] ?? []
      if (sameStatus || code === undefined) {
        return fillExample(
          sameStatus,
          { status, kind: 'transient', message: readMessage(sameStatus?.value) },
          requestId,
        )
      }
      const error: ErrorResponse = { status, kind: 'transient', message: STATUS_CODES[status] ?? '' }
      const body = fillExample(getErrors(operation).find(isGatewayError), error, requestId)
      writeExisting(body, rules.code, code)
      return body
    },
    serverErrorStatuses: Object.keys(rules.status ?? {})
      .map(Number)
      .filter(status => status >= 500),
    getGatewayMessage: (cause, values = {}) =>
      (rules.messages?.[cause] ?? cause).replaceAll(
        /\{(\w+)\}/g,
        (placeholder, name: string) => values[name] ?? placeholder,
      ),
    findDocumentedError(operation, kind, message) {
      const sameKind = getErrors(operation).filter(example => getKind(example) === kind)
      const example = sameKind.find(candidate => !isGatewayError(candidate)) ?? sameKind[0]
      return example && { status: example.status, kind, message }
    },
    findErrorByCode(operation, error) {
      const example = getErrors(operation).find(({ value }) => readCode(value) === error.code)
      return example && { ...error, status: example.status }
    },
    toFailure,
    createFailureInSuccess(operation) {
      const { failure } = rules
      const example = getErrors(operation).find(({ value }) => isFailure(value))
      if (example) return example.value
      const success = getExamples(operation).find(
        ({ value }) => failure && readPointer(value, failure.at) !== undefined,
      )
      return isObject(success?.value) ? toFailure(success.value, 'The request failed.') : undefined
    },
    isFailure,
    readRequestId(body) {
      const id = readFirstPointer(body, requestIdPointers)
      return typeof id === 'string' && id !== '' ? id : undefined
    },
  }
}

/**
 * Writes the value at every pointer where the body already has a value. If there is no such pointer, writes the value at the first pointer.
 */
function writeExisting(body: JsonObject, pointers: readonly string[], content: string): void {
  const existing = pointers.filter(pointer => readPointer(body, pointer) !== undefined)
  for (const pointer of existing.length > 0 ? existing : pointers.slice(0, 1)) writePointer(body, pointer, content)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The gateway's error codes are those that the shared schema `GatewayError` accepts. */
function createGatewayCodeTest(bundle: Bundle, rules: ErrorsSpec): (code: string) => boolean {
  const schema = readPointer(bundle, '/components/schemas/GatewayError')
  const patterns = rules.code
    .map(pointer => readPointer(schema, `${pointer.replaceAll('/', '/properties/')}/pattern`))
    .filter(pattern => typeof pattern === 'string')
    .map(pattern => new RegExp(pattern))
  return code => patterns.some(pattern => pattern.test(code))
}
