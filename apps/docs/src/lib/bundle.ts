import {
  type ErrorsSpec,
  type JobKindSpecs,
  type Provenance,
  type RetryMode,
  readBundle as readSpec,
  services,
} from '@jobscope/specs'

export { services }
export type ServiceName = (typeof services)[number]

/** The parts of a bundled spec that this site reads. All facts about an API on the pages come from this data. */
export interface Bundle {
  readonly openapi: string
  readonly info: { readonly title: string; readonly summary?: string; readonly description?: string }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly servers: readonly { readonly url: string }[]
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: { readonly schemas?: { readonly [name: string]: unknown } }
  readonly 'x-jobs'?: JobKindSpecs
  readonly 'x-errors'?: ErrorsSpec
}

export type PathItem = { readonly [method in Method]?: Operation } & { readonly [other: string]: unknown }
export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head' | 'options'
export const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-provenance'?: Provenance
  readonly 'x-retry'?: RetryMode
}

/** Reads the bundled spec of a service from disk. */
export function readBundle(service: ServiceName): Bundle {
  return readSpec(service) as unknown as Bundle
}

/** Returns `DLI` for the title "Data Lake Insight (DLI) jobs", `ModelArts` for "ModelArts jobs". */
export function getShortTitle({ info }: Bundle): string {
  return /\(([^)]+)\)/.exec(info.title)?.[1] ?? info.title.replace(/ jobs$/, '')
}

export interface OperationEntry extends Operation {
  readonly method: Method
  readonly path: string
}

/** Returns all operations of a bundle in the order of its paths. */
export function listOperations(bundle: Bundle): OperationEntry[] {
  return Object.entries(bundle.paths).flatMap(([path, item]) =>
    METHODS.flatMap(method => {
      const operation = item[method]
      return operation ? [{ ...operation, method, path }] : []
    }),
  )
}
