import { STATUS_CODES } from 'node:http'
import type { Bundle, ErrorRules } from './bundle.ts'
import type { ErrorResponse } from './error-response.ts'
import { type Example, examplesOf, type Operation } from './operation.ts'
import { readFirstPointer, readPointer, writePointer } from './pointer.ts'

/**
 * Error bodies. A refusal speaks the language of the service it stands for: the body is one of the error examples of its
 * spec, chosen by what its code means and by status, with our message and request id at the places `x-errors` names.
 */
export interface ErrorBodies {
  /** Body of a refusal by an operation, in the shape of its service. */
  forOperation(operation: Operation, refusal: ErrorResponse, requestId: string): unknown
  /** Body of a refusal before any operation is reached, in the shape of the gateway. */
  forGateway(refusal: ErrorResponse, requestId: string): unknown
  /** A failure with this status (4xx, 5xx) in the words of the service, or of the gateway, not in ours. */
  forStatus(operation: Operation, status: number, requestId: string): unknown
  /** The statuses from 500 that codes are known for. */
  readonly serverErrorStatuses: readonly number[]
  /** What the gateway says of a cause that `x-errors.messages` names, with these values filled in. */
  gatewayMessage(cause: string, values?: { readonly [name: string]: string }): string
  /** A refusal with the status that the service documents for this meaning; `undefined` if it documents none. */
  documentedError(operation: Operation, kind: ErrorResponse['kind'], message: string): ErrorResponse | undefined
  /** `body`, an example of success, as a failure by `x-errors.failure`; itself where there is no such rule. */
  toFailure(body: object, message: string): unknown
  /** A failure that an operation may send with a 2xx status; `undefined` where there is no such thing. */
  failureInSuccess(operation: Operation): unknown
  /** Whether a body with a 2xx status is a failure by `x-errors.failure`. */
  isFailure(body: unknown): boolean
  /** Request id that a body carries. */
  readRequestId(body: unknown): string | undefined
}

const DEFAULT_RULES: ErrorRules = {
  code: ['/error_code'],
  message: ['/error_msg'],
  requestId: ['/request_id'],
  kinds: {},
}

export function createErrorBodies(bundle: Bundle, operations: readonly Operation[]): ErrorBodies {
  const rules = bundle['x-errors'] ?? DEFAULT_RULES
  // Services spell the prefix of their codes in more than one way: `RES.2211`, `res.2211`.
  const kindByCode = new Map(
    Object.entries(rules.kinds).flatMap(([kind, codes]) => codes.map(code => [code.toLowerCase(), kind])),
  )
  const codeIn = (body: unknown): string => String(readFirstPointer(body, rules.code) ?? '')
  const kindOf = (example: Example): string | undefined => kindByCode.get(codeIn(example.value).toLowerCase())
  const textOf = (example: Example | undefined): string => String(readFirstPointer(example?.value, rules.message) ?? '')
  const failures = (operation: Operation): Example[] => examplesOf(operation).filter(({ status }) => status >= 400)
  const isGateway = gatewayTest(bundle, rules)

  /** The first example that means the same, best with the same status. Another meaning would be a wrong lead. */
  const choose = (examples: readonly Example[], { status, kind }: ErrorResponse): Example | undefined =>
    examples.find(example => example.status === status && kindOf(example) === kind) ??
    examples.find(example => kindOf(example) === kind)

  /** The example with our message and id; without one, a body of just code, message and id. */
  const fill = (
    example: Example | undefined,
    { status, kind, message }: ErrorResponse,
    requestId: string,
  ): Record<string, unknown> => {
    const body: Record<string, unknown> = {}
    if (isObject(example?.value)) Object.assign(body, structuredClone(example.value))
    else writePointer(body, rules.code[0] ?? '/code', rules.kinds[kind]?.[0] ?? String(status))
    put(body, rules.message, message)
    if (readFirstPointer(body, rules.requestId) !== undefined) put(body, rules.requestId, requestId)
    return body
  }

  const isFailure = (body: unknown): boolean => {
    if (!rules.failure) return false
    const found = readPointer(body, rules.failure.at)
    return rules.failure.in ? rules.failure.in.includes(found) : found !== undefined && found !== null
  }

  const asFailure = (body: object, message: string): unknown => {
    const failed = structuredClone(body) as Record<string, unknown>
    if (!rules.failure) return failed
    const { at, in: values = [] } = rules.failure
    const type = typeof readPointer(body, at)
    writePointer(failed, at, values.find(value => typeof value === type) ?? values[0] ?? '')
    put(failed, rules.message, message)
    return failed
  }

  return {
    forOperation: (operation, refusal, requestId) => fill(choose(failures(operation), refusal), refusal, requestId),
    forGateway(refusal, requestId) {
      const all = operations.flatMap(failures)
      const gateway = all.filter(example => isGateway(codeIn(example.value)))
      return fill(choose(gateway, refusal) ?? choose(all, refusal), refusal, requestId)
    },
    forStatus(operation, status, requestId) {
      const own = failures(operation).find(example => example.status === status)
      const [code] = rules.status?.[status] ?? []
      if (own || code === undefined) return fill(own, { status, kind: 'transient', message: textOf(own) }, requestId)
      const like = failures(operation).find(example => isGateway(codeIn(example.value)))
      const body = fill(like, { status, kind: 'transient', message: STATUS_CODES[status] ?? '' }, requestId)
      put(body, rules.code, code)
      return body
    },
    serverErrorStatuses: Object.keys(rules.status ?? {})
      .map(Number)
      .filter(status => status >= 500),
    gatewayMessage: (cause, values = {}) =>
      (rules.messages?.[cause] ?? cause).replaceAll(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank),
    documentedError(operation, kind, message) {
      const meant = failures(operation).filter(example => kindOf(example) === kind)
      const own = meant.find(example => !isGateway(codeIn(example.value))) ?? meant[0]
      return own && { status: own.status, kind, message }
    },
    toFailure: asFailure,
    failureInSuccess(operation) {
      const { failure } = rules
      const own = failures(operation).find(({ value }) => isFailure(value))
      const marked = examplesOf(operation).find(({ value }) => failure && readPointer(value, failure.at) !== undefined)
      if (own || !isObject(marked?.value)) return own?.value
      return asFailure(marked.value, 'The call failed')
    },
    isFailure,
    readRequestId(body) {
      const id = readFirstPointer(body, rules.requestId)
      return typeof id === 'string' && id !== '' ? id : undefined
    },
  }
}

/** Writes at every place that the body has, at the first one if it has none. */
function put(body: Record<string, unknown>, pointers: readonly string[], content: string): void {
  const present = pointers.filter(pointer => readPointer(body, pointer) !== undefined)
  for (const pointer of present.length > 0 ? present : pointers.slice(0, 1)) writePointer(body, pointer, content)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Codes of the gateway are those that the shared schema `GatewayError` takes. */
function gatewayTest(bundle: Bundle, rules: ErrorRules): (code: string) => boolean {
  const schema = readPointer(bundle, '/components/schemas/GatewayError')
  const patterns = rules.code
    .map(pointer => readPointer(schema, `${pointer.replaceAll('/', '/properties/')}/pattern`))
    .filter(pattern => typeof pattern === 'string')
    .map(pattern => new RegExp(pattern))
  return code => patterns.some(pattern => pattern.test(code))
}
