import type { BodyContract } from '../schema/operation.ts'
import { findSchemaErrors, type SchemaError } from '../schema/read-errors.ts'
import { findShape, isSensitiveSchema, type MarkedSchema, type Shape } from '../schema/shape.ts'
import type { Validators } from '../schema/validators.ts'
import { walkShape } from '../schema/walk-shape.ts'
import { describePrivately, describeUnlisted, describeValue, getJsonType } from './describe-value.ts'
import { isEnumValue } from './kept-texts.ts'
import type { Difference, Report } from './observation.ts'
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
    reportSchemaError(error, findShape(contract.getShape(), error.pointer), side, text, report)
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
      ...describeUnknown(seen, side, shape.isSensitive),
    })
  })
}

export const describeKnown = (known: ReadonlySet<string> = new Set()): string => `one of ${[...known].join(', ')}`

const ruleOfKind: { readonly [kind in SchemaError['kind']]: Rule } = {
  type: 'wrong-type',
  limit: 'wrong-type',
  enum: 'unknown-enum-value',
  required: 'missing-required-field',
  undocumented: 'undocumented-response-field',
}

function reportSchemaError(
  error: SchemaError,
  shape: Shape | undefined,
  side: 'request' | 'response',
  text: string,
  report: Report,
): void {
  const { kind, pointer, expected, value } = error
  const schema = error.schema as MarkedSchema | undefined
  // If the schema forbids undocumented fields, the validator reports them as errors of the kind `undocumented`. Otherwise, `walkShape`
  // reports them.
  const rule = kind === 'undocumented' && side === 'request' ? 'undocumented-request-field' : ruleOfKind[kind]
  const exact = readExactInteger(text, value)
  const shown = describeInvalid(error, side, shape?.isSensitive ?? isSensitiveSchema(schema))
  report({
    rule,
    side,
    place: 'body',
    pointer,
    expected,
    ...(exact === undefined || kind === 'undocumented' ? shown : { seen: `integer ${exact}` }),
    gaps: [...new Set([...[schema?.['x-gap'] ?? []].flat(), ...(shape?.gaps ?? [])])],
    ...(kind === 'limit' && side === 'response' && { severity: 'warning' }),
  })
}

/** Describes a value that violates its schema, for the report and for an issue. */
export function describeInvalid(
  { kind, value }: Pick<SchemaError, 'kind' | 'value'>,
  side: 'request' | 'response',
  isSensitive: boolean,
): Description {
  if (kind === 'undocumented') return { seen: getJsonType(value) }
  const isUnlisted = kind === 'enum' && typeof value === 'string' && !isEnumValue(value)
  if (isUnlisted) return describeUnknown(value, side, isSensitive)
  const seen = describeValue(value, isSensitive)
  return isShown(kind === 'enum', side) ? { seen } : { seen, publicSeen: describePrivately(value, isSensitive) }
}

/** Describes a value that is not one of the documented values. */
export function describeUnknown(value: unknown, side: 'request' | 'response', isSensitive: boolean): Description {
  if (isSensitive) return { seen: getJsonType(value) }
  const seen = describeUnlisted(value)
  return isShown(true, side) ? { seen } : { seen, publicSeen: describePrivately(value) }
}

/** Whether an issue can show an undocumented value. An issue and a redacted recording show only values of enums in responses. */
const isShown = (isEnum: boolean, side: 'request' | 'response'): boolean => isEnum && side === 'response'

type Description = Pick<Difference, 'seen' | 'publicSeen'>
