import {
  type ErrorsSpec,
  type JobKindSpecs,
  type Pagination,
  readBundle,
  readPointer,
  type ServiceName,
  services,
} from '@jobscope/specs'

/** The parts of a bundled spec that the tests read. This file does not use codegen or the mock, because they are under test. */
export interface Document {
  readonly security?: Security
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: { readonly [section: string]: { readonly [name: string]: unknown } }
  readonly 'x-client-parameters'?: { readonly [parameter: string]: string }
  readonly 'x-errors'?: ErrorsSpec
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
  readonly 'x-pagination'?: Pagination
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: { readonly [code: string]: { readonly content?: Content } }
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

/** Reads a bundled spec and resolves all references. */
export function readDocument(service: ServiceName): Document {
  return resolveAll(readBundle(service))
}

/** All services with their documents. */
export const documents: ReadonlyMap<ServiceName, Document> = new Map(services.map(name => [name, readDocument(name)]))

/** Replaces each `$ref` with its target. A recursive schema becomes an object that contains itself. */
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
