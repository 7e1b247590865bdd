import { readFirstText } from '../internal/pointer.ts'
import type { ApiResponse } from './messages.ts'
import type { Call, SendContext } from './send-context.ts'
import type { SenderResponse } from './senders/sender.ts'
import type { ErrorRules } from './service.ts'

/** Bodies above this length take so long to parse that the process is blocked. */
export const largeBodyLength = 1_048_576

/** The number of items of a list that are searched for a failure. Bulk actions return far fewer items. */
const maxSearchedItems = 10_000

/** Parses a response. A large body of an error status is not parsed, so that it cannot block the process. `readFailedResponse` adds the error if the response is a failure. */
export function readResponse(
  { status, headers, text }: SenderResponse,
  call: Call,
  { errors, json = JSON }: SendContext['service'],
): ApiResponse {
  // The empty text is not JSON, so a response whose body is missing becomes a failure.
  const isRequired = isBodyRequired(status, call)
  const hasNoBody = !text.trim() && !isRequired
  const isLargeError = status >= 300 && text.length > largeBodyLength
  const parsed = hasNoBody ? undefined : isLargeError ? text : parseBody(json, text)
  // A body that is a text counts as a failure. So if required data is missing, the body becomes its own text.
  const body = isRequired && !isComplete(parsed, call, errors) ? text : parsed
  return {
    status,
    headers,
    // This property is computed when it is read, because only hooks and errors need it.
    get requestId() {
      return readRequestId(errors, { headers, body })
    },
    body,
    failure: undefined,
  }
}

/** Returns whether a response is a failure: by its status, because its body is not JSON, or because its body reports a failure. */
export const isFailedResponse = ({ status, body }: Pick<ApiResponse, 'status' | 'body'>, rules: ErrorRules): boolean =>
  status < 200 || status >= 300 || typeof body === 'string' || findFailedItem(rules, body) !== undefined

/**
 * Returns the body if it reports a failure, or the first item of the body that reports a failure. Bulk actions return an array with a
 * result per item.
 */
export function findFailedItem(rules: ErrorRules, body: unknown): unknown {
  const { failure } = rules
  return getSearchedItems(body).find(
    item => failure?.is.test((readFirstText(item, [failure.at]) ?? '').toLowerCase()) || hasOnlyError(rules, item),
  )
}

/**
 * Returns whether an item contains an error code and nothing else: the other fields are those of an error, or empty like the list of a
 * failed list operation. A success has other fields. A failed job, for example, has an error code and a state.
 */
function hasOnlyError({ code, message, requestId }: ErrorRules, item: unknown): boolean {
  const text = readFirstText(item, code)
  if (text === undefined) return false
  const isErrorField = (name: string) => [...code, ...message, ...requestId].some(at => at.split('/')[1] === name)
  // A code without letters can mean a success whose list is empty: `{"code":200,"items":[]}`.
  const canHaveEmptyFields = /[a-z]/i.test(text)
  return Object.entries(item as object).every(
    ([name, value]) => isErrorField(name) || (canHaveEmptyFields && isEmpty(value)),
  )
}

const isEmpty = (value: unknown): boolean => !value || (typeof value === 'object' && Object.keys(value).length === 0)

/** Returns the first items of a body that is a list, or else a list that contains only the body. */
export const getSearchedItems = (body: unknown): readonly unknown[] =>
  Array.isArray(body) ? body.slice(0, maxSearchedItems) : [body]

/** Reads the request ID from the headers that the service's rules name, or else from the body. */
export const readRequestId = (rules: ErrorRules, { headers, body }: Pick<ApiResponse, 'headers' | 'body'>) =>
  (rules.requestIdHeaders ?? ['x-request-id']).map(name => headers.get(name)).find(id => typeof id === 'string') ??
  readFirstText(body, rules.requestId)

/**
 * Returns whether a response must have a body. The spec declares the responses without a body of an operation. For raw calls, only the
 * statuses 200, 201 and 202 of read-only requests are checked.
 */
function isBodyRequired(status: number, { request, retryMode, flags }: Call): boolean {
  if (flags) return status < 300 && flags.empty !== true && flags.empty !== status
  return retryMode === 'safe' && request.method !== 'HEAD' && status < 203
}

/** Returns whether the body of a method call is an object that contains the data that its operation always returns, or reports a failure. */
function isComplete(body: unknown, { flags }: Call, rules: ErrorRules): unknown {
  if (!flags) return true
  if (typeof body !== 'object' || !body) return false
  const [item] = getSearchedItems(body)
  return !flags.returns?.some(at => !readFirstText(item, [at])) || findFailedItem(rules, body)
}

/** Parses JSON. A text that is not JSON is returned unchanged. */
function parseBody(json: { parse(text: string): unknown }, text: string): unknown {
  try {
    return json.parse(text)
  } catch {
    return text
  }
}
