import { readPointer } from '@jobscope/specs'
import type { Bundle, Operation, PathItem } from './bundle.ts'
import type { CurlValues, RequestExample } from './code-samples.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }
type Member = { [key: string]: Json | undefined }

/** A parameter of an operation, without references. */
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly example: unknown
  readonly description: string
}

/** Returns the path parameters, required query parameters and body of a request, with values from the spec's examples. */
export function getCurlValues(bundle: Bundle, item: PathItem, operation: Operation): CurlValues {
  const parameters = listParameters(bundle, item, operation).filter(({ example }) => example !== undefined)
  const path = parameters.filter(parameter => parameter.in === 'path')
  const query = parameters.filter(parameter => parameter.in === 'query' && parameter.required)
  return {
    path: Object.fromEntries(path.map(({ name, example }) => [name, String(example)])),
    query: query.flatMap(({ name, example }) =>
      [example ?? []].flat().map((value): [string, string] => [name, String(value)]),
    ),
    body: getBodyExample(bundle, operation),
  }
}

/** Returns the parameters of a path and of its operation. */
export function listParameters(bundle: Bundle, item: PathItem, operation: Operation): Parameter[] {
  const own = [...listOf(item['parameters']), ...listOf((operation as { parameters?: unknown }).parameters)]
  return own.map(each => {
    const { name, in: location, required, example, description } = resolve(bundle, each)
    return {
      name: String(name),
      in: String(location),
      required: required === true,
      example,
      description: String(description ?? ''),
    }
  })
}

/** Returns the first example of the request body. */
export function getBodyExample(bundle: Bundle, operation: Operation): RequestExample | undefined {
  return bodyExample(bundle, (operation as { requestBody?: unknown }).requestBody)
}

function bodyExample(bundle: Bundle, requestBody: unknown): RequestExample | undefined {
  const content = resolve(bundle, resolve(bundle, requestBody)['content'])
  const [[type, media] = ['', {}]] = Object.entries(content)
  const [first] = Object.values(resolve(bundle, resolve(bundle, media)['examples']))
  const { value } = resolve(bundle, first)
  if (value === undefined) return undefined
  if (type !== 'multipart/form-data') return { json: value }
  const properties = resolve(bundle, resolve(bundle, resolve(bundle, media)['schema'])['properties'])
  const parts = Object.entries(resolve(bundle, value)).flatMap(([name, part]) => {
    const schema = resolve(bundle, properties[name])
    const file = [schema, resolve(bundle, schema['items'])].some(({ format }) => format === 'binary')
    return [part ?? []].flat().map(each => ({ name, value: String(each), file }))
  })
  return { parts }
}

/** Follows `$ref` and returns the object, or an empty object if the value is not an object. */
function resolve(bundle: Bundle, value: unknown): Member {
  if (!isObject(value)) return {}
  const ref = value['$ref']
  return typeof ref === 'string' ? resolve(bundle, readPointer(bundle, ref.slice(1))) : value
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const isObject = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
