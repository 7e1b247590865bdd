import type {
  ClientParameters,
  ErrorsSpec,
  GatewayLimits,
  JobKindSpecs,
  Pagination,
  Provenance,
  RetryMode,
} from '@jobscope/specs'

/** The part of OpenAPI 3.1 that codegen supports. The readers reject everything else. */
export interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly servers?: readonly ServerObject[]
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: Components
  readonly 'x-client-name'?: string
  readonly 'x-client-parameters'?: ClientParameters
  readonly 'x-jobs'?: JobKindSpecs
  readonly 'x-errors'?: ErrorsSpec
  readonly 'x-gateway-limits'?: GatewayLimits
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

interface Components {
  readonly schemas?: { readonly [name: string]: Schema }
  readonly [section: string]: { readonly [name: string]: unknown } | undefined
}

export interface ServerObject {
  readonly url: string
  readonly variables?: { readonly [name: string]: { readonly default: string } }
  readonly 'x-cloud'?: string
  readonly 'x-region'?: string
}

export interface Reference {
  readonly $ref: string
}

export interface PathItem {
  readonly parameters?: readonly (ParameterObject | Reference)[]
  readonly [method: string]: unknown
}

export interface OperationObject {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly parameters?: readonly (ParameterObject | Reference)[]
  readonly requestBody?: RequestBodyObject | Reference
  readonly responses?: { readonly [status: string]: ResponseObject | Reference }
  readonly callbacks?: unknown
  readonly servers?: unknown
  readonly 'x-retry'?: RetryMode
  readonly 'x-pagination'?: Pagination
  readonly 'x-provenance'?: Provenance
}

export interface ParameterObject {
  readonly name: string
  readonly in: string
  readonly description?: string
  readonly required?: boolean
  readonly deprecated?: boolean
  readonly schema?: Schema
  readonly content?: unknown
  readonly style?: string
  readonly explode?: boolean
  readonly allowReserved?: boolean
  readonly example?: Json
  readonly examples?: { readonly [name: string]: ExampleObject | Reference }
}

export interface ExampleObject {
  readonly summary?: string
  readonly value?: Json
}

export interface MediaType {
  readonly schema?: Schema
  readonly example?: Json
  readonly examples?: { readonly [name: string]: ExampleObject | Reference }
}

export interface RequestBodyObject {
  readonly description?: string
  readonly required?: boolean
  readonly content?: { readonly [type: string]: MediaType }
}

export interface ResponseObject {
  readonly description?: string
  readonly content?: { readonly [type: string]: MediaType }
}

/** A JSON Schema or a reference to one. OpenAPI 3.1 allows siblings of `$ref`, so there is one type for both. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly format?: string
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly default?: Json
  readonly example?: Json
  readonly examples?: readonly Json[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly patternProperties?: { readonly [pattern: string]: Schema }
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly contentMediaType?: string
  readonly readOnly?: boolean
  readonly writeOnly?: boolean
  readonly 'x-known-values'?: readonly (string | number)[]
  readonly 'x-sensitive'?: boolean
}
