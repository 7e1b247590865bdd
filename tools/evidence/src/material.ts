/** What the tool reads from the vendor's documents and SDKs, whatever their format. */

/** One call that the material describes. */
export interface Operation {
  readonly method: string
  /** As the material writes it, without query and host: `/v1.0/{project_id}/jobs/{job_id}`. */
  readonly path: string
  readonly title: string
  /** Id of the page (`dli_02_0124`) or, for an SDK, the name of the method. */
  readonly page: string
  readonly file: string
  /** Read from a walk-through, which has only examples and may misprint the path. */
  readonly isWalkthrough?: boolean
  /** The material itself calls the operation deprecated or lists it under old interfaces. */
  readonly deprecated: boolean
  /** Query parameters. */
  readonly query: readonly Field[]
  readonly request: readonly Field[]
  readonly response: readonly Field[]
  readonly examples: readonly Example[]
}

/** One parameter, or one member of a body. */
export interface Field {
  /** Names from the root of the body, without marks for arrays and maps: `job_detail.job_config.cu_number`. */
  readonly path: string
  readonly type: string
  /** Undefined if the material does not say it. */
  readonly required?: boolean
  /** The values that the material enumerates. */
  readonly values: readonly string[]
  /** The material does not say where in the body the field belongs; `path` is only its name. */
  readonly isPlaceUnknown?: boolean
}

/** One body that a page shows. */
export interface Example {
  readonly direction: Direction
  /** Position among the examples of its page, from 1. */
  readonly number: number
  readonly body: Body
}

export type Direction = 'request' | 'response'

/** A body that parses, or the reason why it does not. */
export type Body = { readonly value: unknown } | { readonly error: string }

/** All that was read from one folder, or from one service of an SDK. */
export interface Material {
  readonly folder: string
  /** Name of the service, if the material says it. */
  readonly service?: string
  readonly operations: readonly Operation[]
}
