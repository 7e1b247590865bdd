import {
  type Bundle,
  formatPointerToken,
  type KnownValues,
  parsePointer,
  readPointer,
  type Schema,
} from '@jobscope/specs'

/** A schema with the extensions that mark gaps. */
export type MarkedSchema = Schema & { readonly 'x-gap'?: string | readonly string[] }

/**
 * The field names and known values in a schema. All schemas in `$ref`, `allOf`, `oneOf` and `anyOf` are merged into one shape. A shape does
 * not distinguish alternatives, because ajv already validates them.
 */
export interface Shape {
  /** JSON Pointers of all schemas that are merged into this shape. A `$ref` has the pointer of its target. */
  readonly places: string[]
  properties: Map<string, Shape> | undefined
  /** The shape of the values of all fields that are not in `properties`. */
  rest: Shape | undefined
  /** Whether names that are not in `properties` are allowed. */
  isOpen: boolean
  items: Shape | undefined
  /** The documented values of an open enum, as text. */
  known: Set<string> | undefined
  /** Whether the schema limits the values: enum, const, known values or a boolean. */
  isLimited: boolean
  /** The values that an enum, a const, known values or a boolean allow, as text. */
  readonly allowed: Set<string>
  /** The format, such as `date-time`. */
  format: string | undefined
  /** The patterns of the text. */
  readonly patterns: RegExp[]
  isSensitive: boolean
  isDeprecated: boolean
  /** Whether the text contains JSON. */
  isJsonText: boolean
  /** IDs of the gaps that a value at this place can settle. */
  readonly gaps: string[]
  /** Set if the value at this place is the state of a job. */
  state: StateMark | undefined
  /** How many values were seen at this place. */
  seen: number
  /** The first value at a place with a gap. */
  firstValue: unknown
}

/** Marks the place of a job state. All places of a kind share one mark. */
export interface StateMark {
  readonly kind: string
  /** The documented states, in lower case. */
  readonly known: ReadonlySet<string>
  /** How often each state was seen, in lower case. */
  readonly counts: Map<string, number>
}

const createShape = (): Shape => ({
  places: [],
  properties: undefined,
  rest: undefined,
  isOpen: false,
  items: undefined,
  known: undefined,
  isLimited: false,
  allowed: new Set(),
  format: undefined,
  patterns: [],
  isSensitive: false,
  isDeprecated: false,
  isJsonText: false,
  gaps: [],
  state: undefined,
  seen: 0,
  firstValue: undefined,
})

/**
 * The maximum number of places that have their own shape. After that, places with the same schema share a shape, because a schema that
 * contains itself can have far more places.
 */
const maxShapes = 20_000

/** Compiles the shape of the schema at a JSON Pointer of a bundle. */
export function compileShape(bundle: Bundle, pointer: string): Shape {
  // If a schema contains itself, its inner occurrence uses the shape that is still being compiled. A schema that is used at two
  // places has two shapes, because each shape counts the values at its place.
  const compiled = new Map<string, Shape>()
  let count = 0

  function shapeOf(place: string): Shape {
    const known = compiled.get(place)
    if (known) return known
    const shape = createShape()
    compiled.set(place, shape)
    collect(place, shape)
    count++
    if (count < maxShapes) compiled.delete(place)
    return shape
  }

  function collect(place: string, shape: Shape): void {
    const schema = readPointer(bundle, place)
    if (typeof schema !== 'object' || schema === null || shape.places.includes(place)) return
    shape.places.push(place)
    collectKeywords(schema as MarkedSchema, place, shape)
  }

  function collectKeywords(schema: MarkedSchema, place: string, shape: Shape): void {
    if (schema.$ref !== undefined) collectReference(schema.$ref.slice(1), shape)
    for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
      for (const index of (schema[keyword] ?? []).keys()) collect(`${place}/${keyword}/${index}`, shape)
    }
    for (const name of Object.keys(schema.properties ?? {})) {
      shape.properties ??= new Map()
      const inner = `${place}/properties/${formatPointerToken(name)}`
      const existing = shape.properties.get(name)
      if (existing) collect(inner, existing)
      else shape.properties.set(name, shapeOf(inner))
    }
    const { additionalProperties, items } = schema
    if (additionalProperties !== undefined && additionalProperties !== false) {
      shape.isOpen = true
      if (typeof additionalProperties === 'object') shape.rest ??= shapeOf(`${place}/additionalProperties`)
    }
    if (schema.patternProperties !== undefined) shape.isOpen = true
    if (items !== undefined) shape.items ??= shapeOf(`${place}/items`)
    collectFacts(schema, shape)
  }

  function collectReference(target: string, shape: Shape): void {
    collect(target, shape)
  }

  return shapeOf(pointer)
}

/** Finds the shape of the value at a JSON Pointer of a body. */
export function findShape(root: Shape, pointer: string): Shape | undefined {
  let shape: Shape | undefined = root
  for (const name of parsePointer(pointer)) {
    const isIndex: boolean = shape?.items !== undefined && /^\d+$/.test(name)
    shape = isIndex ? shape?.items : (shape?.properties?.get(name) ?? shape?.rest)
  }
  return shape
}

/**
 * Whether a value of the schema is a secret. `x-sensitive` can limit a secret to one object with `under`. The limit is not needed here,
 * because the member of this object has its own schema.
 */
export const isSensitiveSchema = (schema: MarkedSchema | undefined): boolean => schema?.['x-sensitive'] !== undefined

function collectFacts(schema: MarkedSchema, shape: Shape): void {
  const { enum: values, const: constant, format, type } = schema
  const knownValues: KnownValues | undefined = schema['x-known-values']
  if (knownValues) shape.known = new Set([...(shape.known ?? []), ...knownValues.map(String)])
  if (knownValues || values || constant !== undefined || type === 'boolean') shape.isLimited = true
  const listed = [...(knownValues ?? []), ...(values ?? []), ...(constant === undefined ? [] : [constant])]
  for (const value of type === 'boolean' ? [true, false] : listed) shape.allowed.add(String(value))
  shape.format ??= format
  if (schema.pattern !== undefined) shape.patterns.push(new RegExp(schema.pattern, 'u'))
  shape.isSensitive ||= isSensitiveSchema(schema)
  shape.isDeprecated ||= schema.deprecated === true
  shape.isJsonText ||= schema.contentMediaType === 'application/json'
  shape.gaps.push(...[schema['x-gap'] ?? []].flat())
}
