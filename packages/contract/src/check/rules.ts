/**
 * How much a difference affects a user of the typed clients.
 *
 * - `error`: code can fail although it compiles against the types, or waiting for a job may never end.
 * - `warning`: the types do not cover the difference. For example, the client treats an undocumented value as unknown.
 * - `note`: code continues to work, but the specs are incomplete.
 */
export type Severity = 'error' | 'warning' | 'note'

interface RuleText {
  /** One sentence for reports. */
  readonly description: string
  /** The severity in requests and in responses. A difference in an accepted request cannot break code that uses the types. */
  readonly severity: { readonly request: Severity; readonly response: Severity }
}

/** The rules of a check. */
export const rules = {
  'unknown-operation': {
    description: 'The specs have no operation with this method and path.',
    severity: { request: 'warning', response: 'warning' },
  },
  'undocumented-parameter': {
    description: 'The request has a parameter that the operation does not document.',
    severity: { request: 'warning', response: 'warning' },
  },
  'undocumented-request-field': {
    description: 'The request body has a field that the schema does not document.',
    severity: { request: 'warning', response: 'warning' },
  },
  'undocumented-response-field': {
    description: 'The response body has a field that the schema does not document.',
    severity: { request: 'note', response: 'note' },
  },
  'undocumented-status': {
    description: 'The operation does not document this response status.',
    severity: { request: 'warning', response: 'warning' },
  },
  'undocumented-content-type': {
    description: 'The operation does not document a body with this content type.',
    severity: { request: 'warning', response: 'error' },
  },
  'wrong-type': {
    description: 'A value has another type or format than its schema, or exceeds its limits.',
    severity: { request: 'warning', response: 'error' },
  },
  'unknown-enum-value': {
    description: 'A value is not one of the documented values.',
    severity: { request: 'warning', response: 'warning' },
  },
  'unknown-job-state': {
    description: 'A job has a state that the specs do not document, so it is unknown whether the job has ended.',
    severity: { request: 'error', response: 'error' },
  },
  'unknown-error-code': {
    description: 'An error code is not documented, so clients derive its meaning from the status.',
    severity: { request: 'warning', response: 'warning' },
  },
  'missing-required-field': {
    description: 'A required field, parameter or body is missing.',
    severity: { request: 'warning', response: 'error' },
  },
  'deprecated-operation': {
    description: 'The vendor deprecates this operation.',
    severity: { request: 'note', response: 'note' },
  },
} as const satisfies { readonly [rule: string]: RuleText }

export type Rule = keyof typeof rules

export const ruleNames = Object.keys(rules) as readonly Rule[]
