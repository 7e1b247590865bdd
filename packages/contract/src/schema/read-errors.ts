import { formatPointerToken } from '@jobscope/specs'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { describeLimit } from '../validate/describe-limit.ts'
import type { Validators } from './validators.ts'

/** Why a value violates its schema. */
export interface SchemaError {
  readonly kind: 'type' | 'limit' | 'enum' | 'required' | 'undocumented'
  /** JSON Pointer in the value. For a missing field, the place where it should be. */
  readonly pointer: string
  readonly expected: string
  /** The value at `pointer`. */
  readonly value: unknown
  /** The schema object that was violated. */
  readonly schema: object | undefined
}

/** Validates a value, and returns one error per place. */
export const findSchemaErrors = (validate: ValidateFunction, value: unknown, validators: Validators): SchemaError[] =>
  validate(value) ? [] : selectFirst(readErrors(validate, validators))

const kinds: readonly SchemaError['kind'][] = ['type', 'required', 'undocumented', 'enum', 'limit']

/** A value can violate several keywords, such as `pattern` and `format`. Keeps the most serious error of each place. */
function selectFirst(errors: SchemaError[]): SchemaError[] {
  if (errors.length < 2) return errors
  const first = new Map<string, SchemaError>()
  for (const error of errors) {
    const known = first.get(error.pointer)
    if (!known || kinds.indexOf(error.kind) < kinds.indexOf(known.kind)) first.set(error.pointer, error)
  }
  return [...first.values()]
}

function readErrors(validate: ValidateFunction, validators: Validators): SchemaError[] {
  const errors = [...(validate.errors ?? [])]
  // ajv lists the errors of the alternatives of an `anyOf` or `oneOf` first, and then the error of the `anyOf` or `oneOf` itself. The
  // errors of the alternatives have the same place in the value, or a place below it.
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  if (alternatives.length === 0) return errors.flatMap(error => readError(error))
  const outer = alternatives.filter(
    one =>
      !alternatives.some(
        other => other !== one && isBelow(one.instancePath, other.instancePath) && isAfter(errors, other, one),
      ),
  )
  const direct = errors.filter(error => !outer.some(one => one === error || isPartOf(error, one, errors)))
  return [
    ...direct.flatMap(error => readError(error)),
    ...outer.flatMap(error => explainAlternatives(error, validators)),
  ]
}

const isAfter = (errors: readonly ErrorObject[], one: ErrorObject, other: ErrorObject): boolean =>
  errors.indexOf(one) > errors.indexOf(other)

const isBelow = (path: string, parent: string): boolean => path === parent || path.startsWith(`${parent}/`)

/** Whether an error belongs to an alternative of `outer`, because the schema of the error is inside this alternative. */
function isPartOf(error: ErrorObject, outer: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (!isBelow(error.instancePath, outer.instancePath) || isAfter(errors, error, outer)) return false
  return containsSchema(outer.schema, error.parentSchema)
}

/** Whether `schema` is `wanted`, contains `wanted`, or may refer to `wanted`. */
function containsSchema(schema: unknown, wanted: unknown, seen = new Set<unknown>()): boolean {
  if (schema === wanted) return true
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return false
  seen.add(schema)
  // The target of the reference is not known here. We assume that it contains `wanted`, because this is more likely.
  if ('$ref' in schema) return true
  return Object.values(schema).some(inner => containsSchema(inner, wanted, seen))
}

/**
 * Returns the errors of the alternative that fits best. This is the alternative with the fewest errors among those whose type fits the root
 * of the value. If no alternative has a fitting type, returns a single error about the type.
 */
function explainAlternatives(error: ErrorObject, validators: Validators): SchemaError[] {
  const { instancePath, keyword, data, parentSchema = {} } = error
  const place = validators.findPointer(parentSchema)
  const count = Array.isArray(error.schema) ? error.schema.length : 0
  const candidates = Array.from({ length: count }, (_, index) => {
    if (place === undefined) return []
    return findSchemaErrors(validators.getValidator(`${place}/${keyword}/${index}`), data, validators)
  })
  if (candidates.some(errors => errors.length === 0)) {
    const expected = 'exactly one of the documented alternatives'
    return [{ kind: 'limit', pointer: instancePath, expected, value: data, schema: parentSchema }]
  }
  const fitting = candidates
    .filter(errors => !errors.some(({ kind, pointer }) => kind === 'type' && pointer === ''))
    .sort((a, b) => a.length - b.length)
  const [best] = fitting
  if (best) return best.map(inner => ({ ...inner, pointer: instancePath + inner.pointer }))
  const expected = [...new Set(candidates.flat().map(inner => inner.expected))].join(' or ')
  return [
    { kind: 'type', pointer: instancePath, expected: expected || 'another type', value: data, schema: parentSchema },
  ]
}

function readError(error: ErrorObject): SchemaError[] {
  const { keyword, instancePath, params, data, parentSchema } = error
  const base = { pointer: instancePath, value: data, schema: parentSchema }
  const at = (name: unknown) => `${instancePath}/${formatPointerToken(String(name))}`
  switch (keyword) {
    case 'if':
    case 'propertyNames':
      return []
    case 'type':
      return [{ ...base, kind: 'type', expected: [params['type']].flat().join(' or ') }]
    case 'enum':
      return [{ ...base, kind: 'enum', expected: `one of ${(params['allowedValues'] as unknown[]).join(', ')}` }]
    case 'const':
      return [{ ...base, kind: 'enum', expected: JSON.stringify(params['allowedValue']) }]
    case 'required':
      return [
        { ...base, pointer: at(params['missingProperty']), value: undefined, kind: 'required', expected: 'a value' },
      ]
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = params['additionalProperty'] ?? params['unevaluatedProperty']
      const value = (data as { readonly [name: string]: unknown })[String(name)]
      return [{ ...base, pointer: at(name), value, kind: 'undocumented', expected: 'no such field' }]
    }
    default:
      return [{ ...base, kind: 'limit', expected: describeLimit(keyword, params) }]
  }
}
