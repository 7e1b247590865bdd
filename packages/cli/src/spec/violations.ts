import { type Bundle, parsePointer, type Schema } from '@jobscope/specs'
import { findSimilarName } from '@jobscope/specs/similar-name'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { suggestName } from '../did-you-mean.ts'

/** Something in a value that the schema does not allow. */
export interface Violation {
  /** Names and indices from the root of the value. */
  readonly path: readonly (string | number)[]
  /** The path, what is wrong and what is expected, on one line. */
  readonly text: string
  /** The path that the user probably meant, if the last name of the path is misspelled. */
  readonly meant?: readonly (string | number)[]
}

export type Validator = (value: unknown) => Violation[]

/** Creates a validator for the schema at a JSON Pointer in a spec. */
export const createValidator = (document: Bundle, schemaAt: string): Validator =>
  compile({ $ref: `spec#${encodePointer(schemaAt)}` }, document, { coerce: false })

/**
 * Creates a validator for text arguments. The validator replaces each argument by a value of the type in its schema.
 *
 * @param schemas JSON Pointers to the schemas of the parameters, by name
 * @param required names of the required parameters
 */
export const createArgumentValidator = (
  document: Bundle,
  schemas: { readonly [name: string]: string },
  required: readonly string[],
): Validator => {
  const properties = Object.fromEntries(
    Object.entries(schemas).map(([name, schemaAt]) => [name, { $ref: `spec#${encodePointer(schemaAt)}` }]),
  )
  return compile({ type: 'object', properties, required, additionalProperties: false }, document, { coerce: true })
}

const encodePointer = (pointer: string): string => pointer.split('/').map(encodeURIComponent).join('/')

function compile(schema: object, document: Bundle, { coerce }: { readonly coerce: boolean }): Validator {
  // The schemas themselves are not validated here, because the specs package already lints its specs and validates their examples.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    coerceTypes: coerce ? 'array' : false,
  })
  addFormats.default(ajv)
  ajv.addSchema(document, 'spec')
  const validate = ajv.compile(schema)
  return value => (validate(value) ? [] : toViolations(validate.errors ?? []))
}

/** These keywords contain schemas. If ajv reports an error in such a schema, the error of the keyword itself is redundant. */
const combiningKeywords = new Set(['if', 'anyOf', 'oneOf', 'not'])
/** An error of one of these keywords is more specific than any other error at the same path. */
const preferredKeywords = new Set(['enum', 'const'])

/** Reduces the errors of ajv to one violation per path. */
function toViolations(errors: readonly ErrorObject[]): Violation[] {
  const byPath = new Map<string, Violation>()
  for (const error of errors) {
    const isExplained =
      combiningKeywords.has(error.keyword) && errors.some(other => other !== error && isInside(other, error))
    if (isExplained) continue
    const violation = toViolation(error)
    const path = formatPath(violation.path)
    if (!byPath.has(path) || preferredKeywords.has(error.keyword)) byPath.set(path, violation)
  }
  return [...byPath.values()]
}

const isInside = (inner: ErrorObject, outer: ErrorObject): boolean =>
  inner.schemaPath.startsWith(outer.schemaPath) || inner.instancePath.startsWith(outer.instancePath)

function toViolation(error: ErrorObject): Violation {
  const path = parsePointer(error.instancePath).map(name => (/^\d+$/.test(name) ? Number(name) : name))
  const params = error.params as Readonly<Record<string, unknown>>
  const parent = error.parentSchema as Schema
  const atValue = (text: string): Violation => ({ path, text: `${formatPath(path)} ${text}` })
  const atMember = (name: string, text: string): Violation => {
    const memberPath = [...path, name]
    return { path: memberPath, text: `${formatPath(memberPath)} ${text}` }
  }
  const actual = parent['x-sensitive'] ? '' : `, but is ${formatValue(error.data)}`
  switch (error.keyword) {
    case 'required': {
      const name = `${params['missingProperty']}`
      return atMember(name, `is missing${summarizeMember(parent, name)}`)
    }
    case 'additionalProperties': {
      const name = `${params['additionalProperty']}`
      const known = Object.keys(parent.properties ?? {})
      const similar = findSimilarName(name, known)
      const expected = known.length > 0 ? ` Expected one of: ${known.join(', ')}.` : ''
      const violation = atMember(name, `is unknown.${suggestName(name, known) || expected}`)
      return similar === undefined ? violation : { ...violation, meant: [...path, similar] }
    }
    case 'type':
      return atValue(`must be ${addArticle([params['type']].flat().join(' or '))}${actual}`)
    case 'enum': {
      const allowed = params['allowedValues'] as unknown[]
      const suggestion = typeof error.data === 'string' ? suggestName(error.data, allowed.map(String)) : ''
      return atValue(`must be one of ${allowed.map(formatValue).join(', ')}${actual}${suggestion && `.${suggestion}`}`)
    }
    case 'const':
      return atValue(`must be ${formatValue(params['allowedValue'])}${actual}`)
    case 'not': {
      const { not } = parent as { readonly not?: { readonly const?: unknown } }
      return atValue(not?.const === undefined ? 'is not allowed' : `must not be ${formatValue(not.const)}`)
    }
    case 'oneOf':
      return atValue('has several of the allowed forms at the same time. Use only one of them.')
    default:
      return atValue(`${error.message ?? 'is invalid'}${actual}`)
  }
}

/** Returns the first sentence of a member's description, for the message that the member is missing. */
function summarizeMember(schema: Schema, name: string): string {
  const member = schema.properties?.[name]
  const description = member && 'description' in member ? member.description : undefined
  const [sentence] = description?.split(/(?<=[.!?])\s/) ?? []
  return sentence ? `: ${sentence.replace(/\s+/g, ' ').replace(/\.$/, '')}` : ''
}

const addArticle = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

/** A value on one line. Objects and lists are not printed, because they may contain secrets and are hard to read in a message. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'undefined'
  const maxLength = 60
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}

/** A path in the usual notation: `resources[0].name`. The empty path becomes `the body`. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the body'
  const parts = path.map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
  return parts.join('').replace(/^\./, '')
}
