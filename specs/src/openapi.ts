import type {
  ClientName,
  ClientParameters,
  CloudName,
  CredentialsSpec,
  ErrorsSpec,
  GatewayLimits,
  Inferred,
  JobKindSpecs,
  KnownValues,
  Pagination,
  Provenance,
  RegionId,
  ResourceSpecs,
  RetryMode,
  Sensitive,
  Unpaged,
} from './generated/extensions.gen.ts'

/** A bundled spec: the part of OpenAPI 3.1 that the specs use, with our extensions. */
export interface Bundle {
  readonly openapi: string
  readonly info: InfoObject
  readonly tags?: readonly TagObject[]
  readonly security?: readonly SecurityRequirement[]
  readonly servers?: readonly ServerObject[]
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: Components
  readonly 'x-client-name'?: ClientName
  readonly 'x-client-parameters'?: ClientParameters
  readonly 'x-jobs'?: JobKindSpecs
  readonly 'x-resources'?: ResourceSpecs
  readonly 'x-errors'?: ErrorsSpec
  readonly 'x-credentials'?: CredentialsSpec
  readonly 'x-gateway-limits'?: GatewayLimits
}

export interface InfoObject {
  readonly title: string
  readonly version: string
  readonly summary?: string
  readonly description?: string
}

export interface TagObject {
  readonly name: string
  readonly description?: string
}

/** Names of security schemes that must be used together. An empty object means that no credentials are required. */
export interface SecurityRequirement {
  readonly [scheme: string]: readonly string[]
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

export interface Components {
  readonly schemas?: { readonly [name: string]: Schema }
  readonly [section: string]: { readonly [name: string]: unknown } | undefined
}

export interface ServerObject {
  readonly url: string
  readonly variables?: {
    readonly [name: string]: { readonly default: string; readonly 'x-known-values'?: readonly string[] }
  }
  readonly 'x-cloud'?: CloudName
  readonly 'x-region'?: RegionId
}

export interface Reference {
  readonly $ref: string
}

/** Operations by method, and the parameters that they share. */
export type PathItem = {
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly (ParameterObject | Reference)[]
} & { readonly [M in Method]?: OperationObject }

export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head' | 'options' | 'trace'

export interface OperationObject {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly tags?: readonly string[]
  readonly security?: readonly SecurityRequirement[]
  readonly parameters?: readonly (ParameterObject | Reference)[]
  readonly requestBody?: RequestBodyObject | Reference
  readonly responses?: { readonly [status: string]: ResponseObject | Reference }
  readonly callbacks?: unknown
  readonly servers?: unknown
  readonly 'x-retry'?: RetryMode
  readonly 'x-pagination'?: Pagination
  readonly 'x-unpaged'?: Unpaged
  readonly 'x-provenance'?: Provenance
  readonly 'x-inferred'?: Inferred
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
  readonly 'x-known-values'?: KnownValues
  readonly 'x-sensitive'?: Sensitive
}
