import type { BodyContract } from '../schema/operation.ts'
import { findSchemaErrors, type SchemaError } from '../schema/read-errors.ts'
import type { MarkedSchema, Shape } from '../schema/shape.ts'
import type { Validators } from '../schema/validators.ts'
import { walkShape } from '../schema/walk-shape.ts'
import { describeUnlisted, describeValue, getJsonType, isEnumValue } from './describe-value.ts'
import type { Report } from './observation.ts'
import { readExactInteger } from './parse-body.ts'
import type { Rule } from './rules.ts'

/** A parsed body with its raw text. */
export interface Body {
  readonly value: unknown
  readonly text: string
}

/** Validates a body against its schema, and reports fields, values and job states that the schema allows but does not document. */
export function checkBody(
  contract: Pick<BodyContract, 'getValidator' | 'getShape'>,
  { value, text }: Body,
  validators: Validators,
  side: 'request' | 'response',
  report: Report,
): void {
  for (const error of findSchemaErrors(contract.getValidator(), value, validators)) {
    reportSchemaError(error, side, text, report)
  }
  const unknownField = side === 'request' ? 'undocumented-request-field' : 'undocumented-response-field'
  walkShape(contract.getShape(), value, (rule, pointer, seen, shape) => {
    const base = { side, place: 'body', pointer, gaps: shape.gaps } as const
    if (rule === 'undocumented-field') {
      // The value of an undocumented field could be a secret, so the finding shows only its type.
      return report({ ...base, rule: unknownField, expected: 'no such field', seen: getJsonType(seen) })
    }
    const known = rule === 'unknown-job-state' ? shape.state?.known : shape.known
    report({
      ...base,
      rule: rule === 'unknown-job-state' ? rule : 'unknown-enum-value',
      expected: describeKnown(known),
      seen: describeUnknown(seen, shape),
    })
  })
}

export const describeKnown = (known: ReadonlySet<string> = new Set()): string => `one of ${[...known].join(', ')}`

const describeUnknown = (value: unknown, { isSensitive }: Shape): string =>
  isSensitive ? getJsonType(value) : describeUnlisted(value)

const ruleOfKind: { readonly [kind in SchemaError['kind']]: Rule } = {
  type: 'wrong-type',
  limit: 'wrong-type',
  enum: 'unknown-enum-value',
  required: 'missing-required-field',
  undocumented: 'undocumented-response-field',
}

function reportSchemaError(error: SchemaError, side: 'request' | 'response', text: string, report: Report): void {
  const { kind, pointer, expected, value } = error
  const schema = error.schema as MarkedSchema | undefined
  // If the schema forbids undocumented fields, the validator reports them as errors of the kind `undocumented`. Otherwise, `walkShape`
  // reports them.
  const rule = kind === 'undocumented' && side === 'request' ? 'undocumented-request-field' : ruleOfKind[kind]
  const exact = readExactInteger(text, value)
  const isPrivate = kind === 'enum' && typeof value === 'string' && !isEnumValue(value)
  const shown = isPrivate ? describeUnlisted(value) : describeValue(value, schema?.['x-sensitive'] === true)
  const seen = exact === undefined ? shown : `integer ${exact}`
  report({
    rule,
    side,
    place: 'body',
    pointer,
    expected,
    seen: kind === 'undocumented' ? getJsonType(value) : seen,
    gaps: [schema?.['x-gap'] ?? []].flat(),
    ...(kind === 'limit' && side === 'response' && { severity: 'warning' }),
  })
}
