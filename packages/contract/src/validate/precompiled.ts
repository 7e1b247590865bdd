import type { Violation } from './contract-error.ts'
import { describeLimit } from './describe-limit.ts'

/** An error of a precompiled validator of ajv. */
export interface PrecompiledError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: { readonly [name: string]: unknown }
}

/** A precompiled validator of ajv. */
export interface PrecompiledValidator {
  (value: unknown): boolean
  readonly errors?: readonly PrecompiledError[] | null
}

/**
 * The validators of a service. Each operation has one validator for its request body, and one for the response body of each success
 * status.
 */
export interface ServiceValidators {
  readonly [operation: string]: { readonly [part: string]: PrecompiledValidator } | undefined
}

/** Loads the validators of a service. */
export type LoadValidators = (service: string) => Promise<ServiceValidators>

/** Loads the module that the build has compiled from the spec. */
export const loadValidators: LoadValidators = async service => {
  const module = (await import(`./generated/${service}.js`)) as { readonly validators: ServiceValidators }
  return module.validators
}

/** Validates a value. Returns its violations. */
export function findViolations(validate: PrecompiledValidator, value: unknown): readonly Violation[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(error => ({ pointer: getPointer(error), expected: describeExpected(error) }))
}

const getPointer = ({ instancePath, keyword, params }: PrecompiledError): string =>
  keyword === 'required' ? `${instancePath}/${escapeToken(String(params['missingProperty']))}` : instancePath

const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

function describeExpected({ keyword, params }: PrecompiledError): string {
  if (keyword === 'required') return 'a value'
  if (keyword === 'additionalProperties') return `no field ${params['additionalProperty']}`
  if (keyword === 'oneOf' || keyword === 'anyOf') return 'one of the documented forms'
  if (keyword === 'type') return `type ${[params['type']].flat().join(' or ')}`
  if (keyword === 'enum') return `one of ${[params['allowedValues']].flat().join(', ')}`
  if (keyword === 'const') return JSON.stringify(params['allowedValue'])
  return describeLimit(keyword, params)
}
