import { readFileSync } from 'node:fs'
import { type JobKindSpecs, type ServiceName, services, specUrl } from '@jobscope/specs'

/** The parts of a bundled spec that the tests read. This file uses nothing of codegen or the mock, which are tested. */
export interface Document {
  readonly security?: Security
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: { readonly [section: string]: { readonly [name: string]: unknown } }
  readonly 'x-client-parameters'?: { readonly [parameter: string]: string }
  readonly 'x-errors'?: ErrorRules
  readonly 'x-jobs'?: JobKindSpecs
}

/** Alternative combinations of security schemes. An empty combination means that the operation is public. */
export type Security = readonly { readonly [scheme: string]: readonly string[] }[]

export interface PathItem {
  readonly parameters?: readonly Parameter[]
  readonly [method: string]: unknown
}

export interface OperationObject {
  readonly operationId: string
  readonly security?: Security
  readonly parameters?: readonly Parameter[]
  readonly 'x-pagination'?: PageRule
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: { readonly [code: string]: { readonly content?: Content } }
}

export interface PageRule {
  readonly in?: string
  readonly param: string
  readonly size?: string
  readonly items: string
  readonly key?: string
}

export interface Content {
  readonly [mediaType: string]: {
    readonly schema?: Schema
    readonly example?: unknown
    readonly examples?: { readonly [name: string]: { readonly value: unknown } }
  }
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: { readonly [name: string]: { readonly value: unknown } }
}

export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly format?: string
  readonly readOnly?: boolean
}

export interface ErrorRules {
  readonly failure?: { readonly at: string; readonly in?: readonly unknown[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** Reads a bundled spec and resolves all references. */
export function readDocument(service: ServiceName): Document {
  return resolveAll(JSON.parse(readFileSync(specUrl(service), 'utf8')))
}

/** All services with their documents. */
export const documents: ReadonlyMap<ServiceName, Document> = new Map(services.map(name => [name, readDocument(name)]))

/** Replaces each `$ref` by its target. A recursive schema becomes an object that contains itself. */
export function resolveAll(root: unknown): Document {
  const resolved = new Map<string, unknown>()
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve)
    if (typeof value !== 'object' || value === null) return value
    const { $ref } = value as { $ref?: unknown }
    if (typeof $ref === 'string') {
      if (!resolved.has($ref)) {
        const target = {}
        resolved.set($ref, target)
        Object.assign(target, resolve(readPointer(root, $ref.slice(1))))
      }
      return resolved.get($ref)
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]))
  }
  return resolve(root) as Document
}

/** Returns the value at a JSON Pointer, or undefined. */
export function readPointer(value: unknown, pointer: string): unknown {
  let found = value
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}
