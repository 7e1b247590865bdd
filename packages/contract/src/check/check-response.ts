import { readFirstPointer } from '@jobscope/specs'
import type { OperationContract, ResponseContract } from '../schema/operation.ts'
import type { ServiceContract } from '../schema/service-contract.ts'
import { type Exchange, hasBinaryBody, readHeader } from '../traffic/exchange.ts'
import { checkBody } from './check-body.ts'
import { checkParameter, describeContentType, reportMissing, selectBody } from './check-request.ts'
import { describeUnlisted } from './describe-value.ts'
import { isErrorCode } from './kept-texts.ts'
import type { Difference, Report } from './observation.ts'
import { parseJson } from './parse-body.ts'

/** The facts about a response that are counted for the coverage and for the report. */
export interface ResponseFacts {
  readonly errorCodes: readonly string[]
  /** Whether a 2xx response reports a failure. */
  readonly isFailureInSuccess: boolean
}

const noFacts: ResponseFacts = { errorCodes: [], isFailureInSuccess: false }

/** Checks status, headers and body of a response. */
export function checkResponse(
  service: ServiceContract,
  operation: OperationContract,
  { status, headers, body }: Exchange['response'],
  report: Report,
): ResponseFacts {
  const contentType = readHeader(headers, 'content-type')
  // The body is parsed as JSON for every content type, because the mock and gateways describe every failure as JSON. A body that is
  // not JSON is reported below, together with its content type.
  const parsed = body === undefined || body === '' ? undefined : parseJson(body)
  const value = parsed && 'value' in parsed ? parsed.value : undefined
  const failures = status < 300 && value !== undefined ? findFailures(service, value) : []
  const facts = value === undefined ? noFacts : checkErrorCodes(service, status, value, failures, report)
  // A response that the browser had cached has no body and is not documented, so it is not checked further.
  if (status === 304) return facts
  const documented = findResponse(operation, status)
  if (documented === undefined) {
    if (!service.gatewayStatuses.has(status)) {
      const expected = operation.responses.map(each => each.status).join(', ')
      report({ rule: 'undocumented-status', side: 'response', place: 'status', expected, seen: `${status}` })
    }
    return facts
  }
  documented.seen++
  for (const header of documented.headers) {
    const text = readHeader(headers, header.name.toLowerCase())
    if (text !== undefined) checkParameter(header, [text], service.validators, report, 'response')
    else if (header.isRequired && headers !== undefined) reportMissing(header, 'response', report)
  }
  const base = { side: 'response', place: 'body' } as const
  if (documented.bodies.length === 0) return facts
  if (body === undefined || body === '') {
    if (status < 203 && headers !== undefined && !hasBinaryBody(headers)) {
      report({ ...base, rule: 'missing-required-field', expected: 'a body', seen: 'no body', gaps: documented.gaps })
    }
    return facts
  }
  const contract = selectBody(documented.bodies, contentType)
  if (contract === undefined) {
    const expected = documented.bodies.map(({ mediaType }) => mediaType).join(' or ')
    report({ ...base, rule: 'undocumented-content-type', expected, seen: describeContentType(contentType) })
    return facts
  }
  if (parsed && 'problem' in parsed) {
    report({ ...base, rule: 'wrong-type', expected: contract.mediaType, seen: parsed.problem })
    return facts
  }
  if (failures.length === 0) {
    checkBody(contract, { value, text: body }, service.validators, 'response', report)
    return facts
  }
  checkFailures(service, failures, body, report)
  if (!Array.isArray(value)) return facts
  // The other items of the array report no failure. They are checked against the schema of the success response.
  const failed = failures.map(({ pointer }) => pointer)
  checkBody(contract, { value, text: body }, service.validators, 'response', difference => {
    const { pointer = '' } = difference
    if (!failed.some(each => pointer === each || pointer.startsWith(`${each}/`))) report(difference)
  })
  return facts
}

/** Finds the documented response for a status. */
export const findResponse = ({ responses }: OperationContract, status: number): ResponseContract | undefined => {
  const text = `${status}`
  return (
    responses.find(each => each.status === text) ??
    responses.find(each => each.status.toUpperCase() === `${text[0]}XX`) ??
    responses.find(each => each.status === 'default')
  )
}

/** A failure that a 2xx response reports. `value` is the whole body, or one item if the body is an array. */
interface Failure {
  readonly pointer: string
  readonly value: unknown
}

const noFailures: readonly Failure[] = []

function findFailures({ reportsFailure }: ServiceContract, value: unknown): readonly Failure[] {
  if (!Array.isArray(value)) return reportsFailure(value) ? [{ pointer: '', value }] : noFailures
  return value.flatMap((item: unknown, index) => (reportsFailure(item) ? [{ pointer: `/${index}`, value: item }] : []))
}

function checkErrorCodes(
  { errors, errorCodes }: ServiceContract,
  status: number,
  value: unknown,
  failures: readonly Failure[],
  report: Report,
): ResponseFacts {
  const failed = status >= 400 ? [{ pointer: '', value }] : failures
  if (failed.length === 0) return noFacts
  const codes: string[] = []
  for (const { pointer, value: body } of failed) {
    const code = readFirstPointer(body, errors.code)
    if (code === undefined || code === null || typeof code === 'object') continue
    const isDocumented = errorCodes.has(String(code).toLowerCase())
    codes.push(isDocumented || isErrorCode(String(code)) ? String(code) : 'another text')
    if (isDocumented) continue
    const place = pointer + (errors.code.find(each => readFirstPointer(body, [each]) === code) ?? '')
    const base = { rule: 'unknown-error-code', side: 'response', place: 'body', pointer: place } as const
    report({ ...base, expected: 'a documented error code', seen: describeUnlisted(code) })
  }
  return { errorCodes: codes, isFailureInSuccess: failures.length > 0 && status < 300 }
}

/** Checks failures in a 2xx response against the schema of a failure in `x-errors`. */
function checkFailures(service: ServiceContract, failures: readonly Failure[], text: string, report: Report): void {
  if (service.errors.failure?.schema === undefined) return
  const place = '/x-errors/failure/schema'
  const contract = {
    getValidator: () => service.validators.getValidator(place),
    getShape: () => service.getShape(place),
  }
  for (const { pointer, value } of failures) {
    checkBody(contract, { value, text }, service.validators, 'response', (difference: Difference) =>
      report({ ...difference, pointer: pointer + (difference.pointer ?? '') }),
    )
  }
}
