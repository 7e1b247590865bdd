/**
 * Compiles the request and response schemas of a service to a module without dependencies, so that a client can validate without
 * loading ajv and the spec.
 */
import { createRequire } from 'node:module'
import { type Bundle, formatPointerToken, listOperations, resolveReference } from '@jobscope/specs'
import { Ajv } from 'ajv'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { build } from 'esbuild'

const standaloneCode = (
  createRequire(import.meta.url)('ajv/dist/standalone') as typeof import('ajv/dist/standalone/index.js')
).default

/** Keywords that no validator reads. They would only make the module larger. */
const unreadKeywords = new Set([
  'title',
  'description',
  'examples',
  'example',
  'default',
  'deprecated',
  'contentMediaType',
])

/** Returns a copy of a bundle with only those keywords that validation needs. Names of properties are kept. */
function strip(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map(item => strip(item))
  if (typeof value !== 'object' || value === null) return value
  if (!isMap && (value as { format?: unknown }).format === 'int32') return strip(addInt32Range(value))
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (!isMap && (unreadKeywords.has(name) || name.startsWith('x-'))) return []
      return [[name, strip(inner, name === 'properties' || name === 'schemas')]]
    }),
  )
}

/** Replaces the format `int32` by its range, because the check of a format needs a function. */
const addInt32Range = ({ format, ...schema }: { readonly format?: unknown }): object => ({
  minimum: -2_147_483_648,
  maximum: 2_147_483_647,
  ...schema,
})

/** Returns the formats that are regular expressions. Other formats, such as `int64`, need functions, so validators do not check them. */
function getPlainFormats(): { [name: string]: RegExp | true } {
  const entries = Object.entries(fullFormats).map(([name, format]): [string, RegExp | true] => [
    name,
    format instanceof RegExp ? format : true,
  ])
  return { ...Object.fromEntries(entries), uri: true }
}

/**
 * Returns the code of an ES module that exports `validators`. For each operation, `validators` has one validator for the `request` and one
 * for each success status.
 */
export async function compileValidators(bundle: Bundle): Promise<string> {
  // The specs use no keyword that is newer than draft 7, and ajv compiles much smaller validators for draft 7.
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    logger: false,
    messages: false,
    allErrors: true,
    inlineRefs: false,
    formats: getPlainFormats(),
    code: { source: true, esm: true, optimize: 2 },
  })
  ajv.addSchema(strip(bundle) as object, 'spec')
  const names = new Map<string, string>()
  const operations = listOperations(bundle).map(({ path, method, operation }) => {
    const base = `/paths/${formatPointerToken(path)}/${method}`
    const body = operation.requestBody && resolveReference(bundle, operation.requestBody)
    const requestPlace =
      operation.requestBody && '$ref' in operation.requestBody
        ? String(operation.requestBody.$ref).slice(1)
        : `${base}/requestBody`
    const request = addValidator(body?.content, requestPlace)
    const responses = Object.entries(operation.responses ?? {}).flatMap(([status, reference]) => {
      if (!status.startsWith('2')) return []
      const place = '$ref' in reference ? reference.$ref.slice(1) : `${base}/responses/${status}`
      const name = addValidator(resolveReference(bundle, reference).content, place)
      return name === undefined ? [] : [`${JSON.stringify(status)}:${name}`]
    })
    const parts = [...(request === undefined ? [] : [`request:${request}`]), ...responses]
    return `${JSON.stringify(operation.operationId)}:{${parts.join(',')}}`
  })

  /** Compiles the schema of a JSON body, and returns the name of its validator. A schema that several bodies share is compiled once. */
  function addValidator(content: object | undefined, place: string): string | undefined {
    const schema = (content as { readonly 'application/json'?: { readonly schema?: { readonly $ref?: string } } })?.[
      'application/json'
    ]?.schema
    if (!schema) return undefined
    const pointer = schema.$ref?.slice(1) ?? `${place}/content/application~1json/schema`
    const name = names.get(pointer) ?? `v${names.size}`
    if (!names.has(pointer))
      ajv.addSchema({ $id: name, $ref: `spec#${pointer.split('/').map(encodeURIComponent).join('/')}` })
    names.set(pointer, name)
    return name
  }

  const code = standaloneCode(ajv, Object.fromEntries([...names.values()].map(name => [name, name])))
  const { outputFiles } = await build({
    stdin: {
      contents: `${shrink(code)}\nexport const validators = {${operations.join(',')}}`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  })
  return outputFiles[0]?.text ?? ''
}

/** The code of ajv that adds an error. */
const addedError =
  /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:"[^"]*",keyword:("[^"]*"),params:(\{.*?\})(?:,propertyName:key\d+)?\};\s*if\(vErrors === null\)\{\s*vErrors = \[\1\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}\s*errors\+\+;/gs

/**
 * Makes the code of ajv smaller. Removes parameters that are needed only by keywords that change values. Replaces the code that adds an
 * error by calls of one function.
 */
function shrink(code: string): string {
  const schemas = new Map(
    [...code.matchAll(/const (schema\d+) = (\{.*?\});(?=const|function|\n|export)/g)].map(
      ([, name = '', json = '{}']) => [name, JSON.parse(json) as unknown],
    ),
  )
  const added = code
    // Errors quote parts of a schema, such as an enum. If the quoted parts are inlined, the code does not need the schemas
    // themselves.
    .replaceAll(/\b(schema\d+)((?:\.\w+|\["[^"]*"\])+)/g, (reference, name: string, path: string) => {
      let value: unknown = schemas.get(name)
      for (const [, key, quoted] of path.matchAll(/\.(\w+)|\["([^"]*)"\]/g)) {
        value = (value as { readonly [key: string]: unknown } | undefined)?.[key ?? quoted ?? '']
      }
      return value === undefined ? reference : JSON.stringify(value)
    })
    .replaceAll(/export const (v\d+) =/g, 'const $1 =')
    .replaceAll(
      addedError,
      (_, _name, path = 'instancePath', keyword, params) =>
        `vErrors = addError(vErrors, ${path}, ${keyword}, ${params});errors++;`,
    )
    .replaceAll(/, ?parentData(?::[^,{}]+)?, ?parentDataProperty(?::[^,{}]+)?, ?rootData(?:=data|:[^,{}]+)?/g, '')
    .replaceAll(/,parentData:[^,{}]+,parentDataProperty:[^,{}]+,rootData/g, '')
  return `${added}
function addError(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params }
  return errors === null ? [error] : (errors.push(error), errors)
}`
}
