import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { Shape } from './shape.ts'

/** A body of one media type: how to validate it, and the shape of its schema. */
export interface BodyContract {
  readonly mediaType: string
  /** JSON Pointer of the schema in the bundle. */
  readonly pointer: string
  getValidator(): ValidateFunction
  getShape(): Shape
}

export interface ParameterContract {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly isRequired: boolean
  readonly isArray: boolean
  /** Whether the schema accepts only numbers. */
  readonly isNumber: boolean
  /** Whether the values of an array are joined by commas. Otherwise the name of the parameter is repeated for each value. */
  readonly isJoined: boolean
  readonly place: string
  readonly gaps: readonly string[]
  getValidator(): ValidateFunction
  getShape(): Shape
  seen: number
}

export interface ResponseContract {
  /** The status as in the spec: `200`, `4XX` or `default`. */
  readonly status: string
  readonly bodies: readonly BodyContract[]
  readonly headers: readonly ParameterContract[]
  readonly gaps: readonly string[]
  seen: number
}

/** An operation, prepared for checks. */
export interface OperationContract {
  readonly service: string
  readonly id: string
  /** In upper case. */
  readonly method: string
  /** Path template. */
  readonly path: string
  /** JSON Pointer of the operation in the bundle. */
  readonly pointer: string
  readonly isDeprecated: boolean
  readonly gaps: readonly string[]
  /** Parameters by place and name: `query size`. Names of headers are in lower case. */
  readonly parameters: ReadonlyMap<string, ParameterContract>
  /** The path parameters, in the order of the path. */
  readonly pathParameters: readonly (ParameterContract | undefined)[]
  /** Names of the path parameters, in the order of the path. */
  readonly pathNames: readonly string[]
  readonly requiredQuery: readonly ParameterContract[]
  readonly headerParameters: readonly ParameterContract[]
  readonly pattern: RegExp
  readonly request: { readonly isRequired: boolean; readonly bodies: readonly BodyContract[] } | undefined
  readonly responses: readonly ResponseContract[]
  seen: number
}
