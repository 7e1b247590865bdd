/** The parts of an OpenAPI document that the comparison reads. */
export interface Document {
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components?: unknown
}

export type PathItem = Readonly<Record<string, unknown>> & { readonly parameters?: readonly Parameter[] }

export interface SpecCall {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema?: Schema
  readonly $ref?: string
}

export interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
  readonly $ref?: string
}

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly prefixItems?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly then?: Schema
  readonly else?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly 'x-known-values'?: readonly unknown[] | Readonly<Record<string, unknown>>
}

/** `value`, or what its `$ref` points to. */
export function resolve<T extends { readonly $ref?: string }>(document: Document, value: T): T {
  if (value.$ref === undefined) return value
  return resolve(document, readPointer(document, value.$ref.slice(1)) as T)
}

export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

function readPointer(document: Document, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, token) => (value as Readonly<Record<string, unknown>> | undefined)?.[token], document)
}
