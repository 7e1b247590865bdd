import { readFileSync } from 'node:fs'
import { bundled } from '../scripts/bundled.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** Every bundle that the build has written to dist. */
export const specs = (await bundled()).map(service => {
  const url = new URL(`../dist/${service}.json`, import.meta.url)
  return { service, spec: JSON.parse(readFileSync(url, 'utf8')) as JsonObject }
})

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

/** Returns the value at a JSON Pointer, or undefined. */
export function at(value: Json | undefined, pointer: string): Json | undefined {
  const names = pointer.split('/').slice(1)
  return names.reduce<Json | undefined>(
    (inner, name) => object(inner)[name.replaceAll('~1', '/').replaceAll('~0', '~')] ?? undefined,
    value,
  )
}

/** Returns a node of the spec, or the target of its `$ref`. */
export function deref(spec: JsonObject, node: Json | undefined): JsonObject {
  const ref = object(node)['$ref']
  return typeof ref === 'string' ? deref(spec, at(spec, ref.slice(1))) : object(node)
}

/** Lists every node of a tree with its pointer. */
export function* walk(node: Json, pointer = ''): Generator<{ node: JsonObject; pointer: string }> {
  if (isObject(node)) yield { node, pointer }
  if (typeof node !== 'object' || node === null) return
  for (const [name, inner] of Object.entries(node) as [string, Json][]) {
    yield* walk(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}

export interface Operation {
  readonly id: string
  readonly pointer: string
  readonly node: JsonObject
}

export function operationsOf(spec: JsonObject): readonly Operation[] {
  return [...walk(spec['paths'] ?? null, '/paths')].flatMap(({ node, pointer }) =>
    typeof node['operationId'] === 'string' ? [{ id: node['operationId'], pointer, node }] : [],
  )
}

/** Lists the JSON responses of an operation: the status, the schema, and the examples by name. */
export function responsesOf(spec: JsonObject, operation: Operation) {
  return Object.entries(object(operation.node['responses'])).map(([status, response]) => {
    const media = object(at(deref(spec, response), '/content/application~1json'))
    const examples = Object.entries(object(media['examples'])).map(
      ([name, example]) => [name, deref(spec, example)['value']] as const,
    )
    return { status, schema: media['schema'] as Json, examples }
  })
}
