import { readFile } from 'node:fs/promises'
import { type JobKindSpecs, type ServiceName, services, specUrl } from '@jobscope/specs'

export type { ServiceName } from '@jobscope/specs'
export { services } from '@jobscope/specs'

/** As much of a bundled spec as the command reads. */
export interface Document {
  readonly info: { readonly title: string; readonly summary?: string }
  readonly paths: { readonly [path: string]: PathItem }
  readonly 'x-jobs'?: JobKindSpecs
}

/** Operations by method, and parameters that they share. */
type PathItem = { readonly [method: string]: OperationObject } & {
  readonly parameters?: readonly (ParameterObject | Ref)[]
}

export interface OperationObject {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly (ParameterObject | Ref)[]
  readonly requestBody?: BodyObject | Ref
  readonly 'x-pagination'?: object
}

export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema | Ref
}

export interface BodyObject {
  readonly required?: boolean
  readonly content: { readonly [mediaType: string]: MediaType }
}

interface MediaType {
  readonly schema: Schema | Ref
  readonly examples?: { readonly [name: string]: { readonly value: unknown } | Ref }
}

export interface Schema {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly properties?: { readonly [name: string]: Schema | Ref }
  /** Never to be shown. */
  readonly 'x-sensitive'?: boolean
  readonly additionalProperties?: unknown
  readonly items?: Schema | Ref
  readonly allOf?: readonly (Schema | Ref)[]
  readonly anyOf?: readonly (Schema | Ref)[]
  readonly oneOf?: readonly (Schema | Ref)[]
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
}

export interface Ref {
  readonly $ref: string
}

/** The bundled spec of a service. */
export const documentOf = async (service: ServiceName): Promise<Document> =>
  JSON.parse(await readFile(specUrl(service), 'utf8')) as Document

/** The bundled specs of all services, in the order of the documentation. */
export const documents = (): Promise<(readonly [ServiceName, Document])[]> =>
  Promise.all(services.map(async service => [service, await documentOf(service)] as const))

/** What a reference within a bundle leads to; anything else is itself. */
export const resolve = <T extends object>(document: Document, value: T | Ref): T =>
  '$ref' in value ? resolve(document, valueAt(document, value.$ref.slice(1)) as T | Ref) : value

/** The value at a JSON Pointer. */
export const valueAt = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (node, name) =>
        (node as Record<string, unknown> | null | undefined)?.[name.replace(/~1/g, '/').replace(/~0/g, '~')],
      document,
    )

/** A part of a JSON Pointer. */
export const pointerPart = (name: string): string => name.replace(/~/g, '~0').replace(/\//g, '~1')
