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
