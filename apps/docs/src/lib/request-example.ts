import { readPointer } from '@jobscope/specs'
import type { Bundle, Operation, PathItem } from './bundle.ts'
import type { CurlValues, RequestExample } from './code-samples.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }
type Member = { [key: string]: Json | undefined }

/** Returns the path parameters, required query parameters and body of a request, with values from the spec's examples. */
export function getCurlValues(bundle: Bundle, item: PathItem, operation: Operation): CurlValues {
  const own = [...listOf(item['parameters']), ...listOf((operation as { parameters?: unknown }).parameters)]
  const parameters = own.map(parameter => resolve(bundle, parameter)).filter(({ example }) => example !== undefined)
  const path = parameters.filter(parameter => parameter['in'] === 'path')
  const query = parameters.filter(parameter => parameter['in'] === 'query' && parameter['required'] === true)
  return {
    path: Object.fromEntries(path.map(({ name, example }) => [String(name), String(example)])),
    query: query.flatMap(({ name, example }) =>
      [example ?? []].flat().map((value): [string, string] => [String(name), String(value)]),
    ),
    body: bodyExample(bundle, (operation as { requestBody?: unknown }).requestBody),
  }
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
