import { type Bundle, formatPointerToken } from '@jobscope/specs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** Validators for the schemas of a bundle. Each validator is compiled when it is first used. */
export interface Validators {
  /** The validator of the schema at a JSON Pointer. */
  getValidator(pointer: string): ValidateFunction
  /** Like `getValidator`, but for a value that was sent as text. The validator converts the text to the type of the schema. */
  getTextValidator(pointer: string): ValidateFunction
  /** The JSON Pointer of a schema object of the bundle. */
  findPointer(schema: object): string | undefined
}

// The specs package lints its schemas, so they are not validated here. `verbose` adds the schema to each error. Optimized code would
// not run faster, and it takes longer to create.
const options = {
  strict: false,
  allErrors: true,
  validateSchema: false,
  verbose: true,
  logger: false,
  code: { optimize: false },
} as const

const encodePointer = (pointer: string): string => pointer.split('/').map(encodeURIComponent).join('/')

export function createValidators(bundle: Bundle): Validators {
  const createLazy = (coerceTypes: 'array' | false) => {
    const compiled = new Map<string, ValidateFunction>()
    let ajv: Ajv2020 | undefined
    return (pointer: string): ValidateFunction => {
      const known = compiled.get(pointer)
      if (known) return known
      if (ajv === undefined) {
        ajv = new Ajv2020({ ...options, coerceTypes })
        addFormats.default(ajv)
        ajv.addSchema(bundle, 'spec')
      }
      const validator = ajv.getSchema(`spec#${encodePointer(pointer)}`)
      if (!validator) throw new Error(`The spec has no schema at ${pointer}.`)
      compiled.set(pointer, validator)
      return validator
    }
  }
  let pointers: WeakMap<object, string> | undefined
  return {
    getValidator: createLazy(false),
    getTextValidator: createLazy('array'),
    findPointer(schema) {
      pointers ??= indexPointers(bundle)
      return pointers.get(schema)
    },
  }
}

function indexPointers(bundle: Bundle): WeakMap<object, string> {
  const pointers = new WeakMap<object, string>()
  const add = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return
    pointers.set(value, pointer)
    for (const [name, inner] of Object.entries(value)) {
      add(inner, `${pointer}/${formatPointerToken(name)}`)
    }
  }
  add(bundle, '')
  return pointers
}
