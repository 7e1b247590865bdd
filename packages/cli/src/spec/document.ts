import { readFile } from 'node:fs/promises'
import { readPointer } from '@jobscope/core/internal'
import { type JobKindSpecs, type ServiceName, services, specUrl } from '@jobscope/specs'

export type { ServiceName } from '@jobscope/specs'
export { services } from '@jobscope/specs'

/** The parts of a bundled spec that the command reads. */
export interface Document {
  readonly info: { readonly title: string; readonly summary?: string }
  readonly paths: { readonly [path: string]: PathItem }
  readonly 'x-jobs'?: JobKindSpecs
}

/** The operations of a path by method, and the parameters that they share. */
type PathItem = { readonly [method: string]: OperationObject } & {
  readonly parameters?: readonly (ParameterObject | Ref)[]
}

export interface OperationObject {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly (ParameterObject | Ref)[]
  readonly requestBody?: BodyObject | Ref
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
  /** Whether the value is a secret, which must not be printed. */
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

/** Reads the bundled spec of a service. */
const readDocument = async (service: ServiceName): Promise<Document> =>
  JSON.parse(await readFile(specUrl(service), 'utf8')) as Document

/** Reads the bundled specs of all services, in the order of the documentation. */
export const readDocuments = (): Promise<(readonly [ServiceName, Document])[]> =>
  Promise.all(services.map(async service => [service, await readDocument(service)] as const))

/** Follows a reference within a bundle. Any other value is returned as it is. */
export const resolve = <T extends object>(document: Document, value: T | Ref): T =>
  '$ref' in value ? resolve(document, readPointer(document, value.$ref.slice(1)) as T | Ref) : value

/** Escapes a name as a part of a JSON Pointer. */
export const escapePointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
