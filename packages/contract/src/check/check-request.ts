import { formatPointerToken } from '@jobscope/specs'
import type { MatchedRequest } from '../schema/match-operation.ts'
import type { BodyContract, OperationContract, ParameterContract } from '../schema/operation.ts'
import { findSchemaErrors } from '../schema/read-errors.ts'
import type { Validators } from '../schema/validators.ts'
import { walkShape } from '../schema/walk-shape.ts'
import { type Exchange, hasBinaryBody, readHeader } from '../traffic/exchange.ts'
import { readMediaType } from '../traffic/http-names.ts'
import { checkBody, describeInvalid, describeKnown, describeUnknown } from './check-body.ts'
import { shorten } from './describe-value.ts'
import type { Report } from './observation.ts'
import { parseForm, parseJson } from './parse-body.ts'

/** Checks parameters and body of a request. */
export function checkRequest(
  { operation, pathValues, query }: MatchedRequest,
  request: Exchange['request'],
  validators: Validators,
  report: Report,
): void {
  const { pathParameters, headerParameters } = operation
  const { headers } = request
  for (let index = 0; index < pathParameters.length; index++) {
    const parameter = pathParameters[index]
    if (parameter) checkParameter(parameter, [pathValues[index] ?? ''], validators, report)
  }
  checkQuery(operation, query, validators, report)
  for (const parameter of headerParameters) {
    const value = readHeader(headers, parameter.name.toLowerCase())
    if (value !== undefined) checkParameter(parameter, [value], validators, report)
    // If a recording has no headers at all, it is unknown whether the request had this header.
    else if (parameter.isRequired && headers !== undefined) reportMissing(parameter, 'request', report)
  }
  checkRequestBody(operation, request, validators, report)
}

function checkQuery(
  { parameters, requiredQuery }: OperationContract,
  query: MatchedRequest['query'],
  validators: Validators,
  report: Report,
): void {
  for (const [index, [name]] of query.entries()) {
    // If the query repeats a parameter, all its values are checked at its first occurrence.
    if (query.findIndex(([each]) => each === name) !== index) continue
    const parameter = parameters.get(`query ${name}`)
    if (parameter) {
      const texts = query.flatMap(([each, value]) => (each === name ? [value] : []))
      checkParameter(parameter, texts, validators, report)
    } else {
      const expected = 'no such parameter'
      const base = { rule: 'undocumented-parameter', side: 'request', place: 'query' } as const
      report({ ...base, pointer: `/${formatPointerToken(name)}`, expected, seen: 'a value' })
    }
  }
  for (const parameter of requiredQuery) {
    if (!query.some(([name]) => name === parameter.name)) reportMissing(parameter, 'request', report)
  }
}

/** Reports a required parameter or header without a value. */
export const reportMissing = (
  { name, in: place, gaps }: ParameterContract,
  side: 'request' | 'response',
  report: Report,
): void =>
  report({
    rule: 'missing-required-field',
    side,
    place: place as 'query',
    pointer: `/${name}`,
    expected: 'a value',
    seen: 'no value',
    gaps,
  })

/** Checks the values of a parameter. Converts each value from text to the type of the schema. */
export function checkParameter(
  parameter: ParameterContract,
  texts: readonly string[],
  validators: Validators,
  report: Report,
  side: 'request' | 'response' = 'request',
): void {
  parameter.seen++
  const { name, isArray, isJoined, in: place, gaps } = parameter
  const value = isArray ? (isJoined ? texts.flatMap(text => text.split(',')) : texts) : texts[0]
  const base = { side, place: place as 'query', pointer: `/${name}`, gaps } as const
  const shape = parameter.getShape()
  const isHidden = place === 'path' || shape.isSensitive
  for (const error of findSchemaErrors(parameter.getValidator(), value, validators)) {
    const rule = error.kind === 'enum' ? 'unknown-enum-value' : 'wrong-type'
    report({ ...base, rule, expected: error.expected, ...describeInvalid(error, side, isHidden) })
  }
  walkShape(shape, value, (rule, _, seen, { known }) => {
    if (rule === 'undocumented-field') return
    report({
      ...base,
      rule: 'unknown-enum-value',
      expected: describeKnown(known),
      ...describeUnknown(seen, side, isHidden),
    })
  })
}

function checkRequestBody(
  { request }: OperationContract,
  { headers, body }: Exchange['request'],
  validators: Validators,
  report: Report,
): void {
  const base = { side: 'request', place: 'body' } as const
  const contentType = readHeader(headers, 'content-type')
  if (request === undefined) {
    // Some clients send an empty object if an operation has no body.
    if (body === undefined || body.trim() === '' || body.trim() === '{}') return
    report({ ...base, rule: 'undocumented-request-field', expected: 'no body', seen: 'a body' })
    return
  }
  if (body === undefined || body === '') {
    if (!request.isRequired || hasBinaryBody(headers)) return
    report({ ...base, rule: 'missing-required-field', expected: 'a body', seen: 'no body' })
    return
  }
  const contract = selectBody(request.bodies, contentType)
  if (contract === undefined) {
    if (request.bodies.length === 0) return
    const expected = request.bodies.map(({ mediaType }) => mediaType).join(' or ')
    report({ ...base, rule: 'undocumented-content-type', expected, seen: describeContentType(contentType) })
    return
  }
  const isJson = contract.mediaType.includes('json')
  const parsed = isJson ? parseJson(body) : parseForm(body, contentType ?? '')
  if ('problem' in parsed) report({ ...base, rule: 'wrong-type', expected: contract.mediaType, seen: parsed.problem })
  else checkBody(contract, { value: parsed.value, text: body }, validators, 'request', report)
}

/** Selects the documented body for a content type. If a recording has no content type, selects the first documented body. */
export function selectBody(bodies: readonly BodyContract[], contentType: string | undefined): BodyContract | undefined {
  if (contentType === undefined || contentType === bodies[0]?.mediaType) return bodies[0]
  const type = readMediaType(contentType)
  return bodies.find(
    ({ mediaType }) => mediaType === type || (mediaType === 'application/json' && /[/+]json$/.test(type)),
  )
}

/** Describes a content type by its media type. */
export const describeContentType = (contentType = ''): string => shorten(readMediaType(contentType)) || 'none'
