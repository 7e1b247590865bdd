import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { didYouMean } from '../did-you-mean.ts'
import type { Document, Schema } from './document.ts'

/** What is wrong with a value, and where in it. */
export interface Violation {
  /** Names and indices from the value's root. */
  readonly path: readonly (string | number)[]
  /** Path, fault and fix in one line. */
  readonly text: string
}

export type Validator = (value: unknown) => Violation[]

/** Checks values against the schema at a pointer in a spec. */
export const validator = (document: Document, schemaAt: string): Validator =>
  validate({ $ref: `spec#${encode(schemaAt)}` }, document, false)

/**
 * Checks arguments, given as texts, against the schemas of parameters by name. Numbers, booleans and lists are made of
 * them, in place, where a schema wants one.
 */
export const argumentValidator = (
  document: Document,
  schemas: { readonly [name: string]: string },
  required: readonly string[],
): Validator => {
  const properties = Object.fromEntries(
    Object.entries(schemas).map(([name, at]) => [name, { $ref: `spec#${encode(at)}` }]),
  )
  return validate({ type: 'object', properties, required, additionalProperties: false }, document, true)
}

const encode = (pointer: string): string => pointer.split('/').map(encodeURIComponent).join('/')

function validate(schema: object, document: Document, coerce: boolean): Validator {
  // The specs are linted and their examples validated where they are made, so nothing is checked but the value.
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
  const check = ajv.compile(schema)
  return value => {
    if (check(value)) return []
    const errors = check.errors ?? []
    // A place has one fault; what it may be says more than of which type.
    const faults = new Map<string, Violation>()
    for (const error of errors) {
      // Says only that one of the others is the reason.
      const combined = /^(if|anyOf|oneOf|not)$/.test(error.keyword)
      if (combined && errors.some(other => other !== error && isInside(other, error))) continue
      const violation = violationOf(error)
      const place = pathText(violation.path)
      if (!faults.has(place) || /^(enum|const)$/.test(error.keyword)) faults.set(place, violation)
    }
    return [...faults.values()]
  }
}

const isInside = (inner: ErrorObject, outer: ErrorObject): boolean =>
  inner.schemaPath.startsWith(outer.schemaPath) || inner.instancePath.startsWith(outer.instancePath)

function violationOf(error: ErrorObject): Violation {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map(part => (/^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~')))
  const { keyword } = error
  const params = error.params as Readonly<Record<string, unknown>>
  const parent = error.parentSchema as Schema
  const at = (more: readonly (string | number)[], text: string): Violation => ({
    path: [...path, ...more],
    text: `${pathText([...path, ...more])} ${text}`,
  })
  const is = parent['x-sensitive'] ? '' : `, and is ${shown(error.data)}`
  switch (keyword) {
    case 'required': {
      const name = `${params['missingProperty']}`
      return at([name], `is missing${about(parent, name)}`)
    }
    case 'additionalProperties': {
      const name = `${params['additionalProperty']}`
      const known = Object.keys(parent.properties ?? {})
      return at(
        [name],
        `is not known${didYouMean(name, known) || `: there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none'}`}`,
      )
    }
    case 'type':
      return at([], `must be ${article([params['type']].flat().join(' or '))}${is}`)
    case 'enum': {
      const allowed = params['allowedValues'] as unknown[]
      const meant = typeof error.data === 'string' ? didYouMean(error.data, allowed.map(String)) : ''
      return at([], `must be one of ${allowed.map(shown).join(', ')}${is}${meant}`)
    }
    case 'const':
      return at([], `must be ${shown(params['allowedValue'])}${is}`)
    default:
      return at([], `${error.message ?? 'does not fit'}${is}`)
  }
}

/** What a missing member is, from the first sentence of its description. */
function about(schema: Schema, name: string): string {
  const member = schema.properties?.[name]
  const description = member && 'description' in member ? member.description : undefined
  const [sentence] = description?.split(/(?<=[.!?])\s/) ?? []
  return sentence ? `: ${sentence.replace(/\s+/g, ' ').replace(/\.$/, '')}` : ''
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

/** A value in a message: short, on one line. What is in an object may be secret, and nobody reads it there. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** A path as people write it: `resources[0].name`; the value itself is `the body`. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.length === 0
    ? 'the body'
    : path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
