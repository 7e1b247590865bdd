/**
 * The types of the data that the tool reads from the vendor's documents and SDKs. The types do not depend on the format of the document
 * or SDK.
 */

/** An operation that the material describes. */
export interface Operation {
  readonly method: string
  /** The path in the material, without host and query, such as `/v1.0/{project_id}/jobs/{job_id}`. */
  readonly path: string
  readonly title: string
  /** Id of the page (`dli_02_0124`) or, for an SDK, the name of the method. */
  readonly page: string
  readonly file: string
  /** True if the operation is from a walk-through. It has only examples, and the path can contain a misprint. */
  readonly isWalkthrough?: boolean
  /** True if the operation is from a table of permissions. Such a table states only the method and the path. */
  readonly isPermission?: boolean
  /** True if the material describes the operation as deprecated or lists it under old interfaces. */
  readonly deprecated: boolean
  readonly query: readonly Field[]
  /** Request headers, without the headers that every request has. */
  readonly header: readonly Field[]
  readonly request: readonly Field[]
  readonly response: readonly Field[]
  readonly examples: readonly Example[]
}

/** One parameter, or one member of a body. */
export interface Field {
  /** Names from the root of the body to the field, such as `job_detail.job_config.cu_number`. The path does not show arrays and maps. */
  readonly path: string
  readonly type: string
  /** Undefined if the material does not state whether the field is required. */
  readonly required?: boolean
  /** The values that the material enumerates. */
  readonly values: readonly string[]
  /** True if the material does not state which object of the body contains the field. `path` then contains only the name of the field. */
  readonly isPlaceUnknown?: boolean
}

/** An example of a body, from a page. */
export interface Example {
  readonly direction: Direction
  /** Position among the examples of the page, counted from 1. */
  readonly number: number
  readonly body: Body
}

export type Direction = 'request' | 'response'

/** The parsed body, or the reason why the body cannot be parsed. */
export type Body = { readonly value: unknown } | { readonly error: string }

/** The data from one folder, or from one service of an SDK. */
export interface Material {
  readonly folder: string
  /** Name of the service, if the material contains it. */
  readonly service?: string
  readonly operations: readonly Operation[]
}
