import { readFileSync } from 'node:fs'
import type { JobState, RetryMode } from '@jobscope/core'
import { services, specUrl } from '@jobscope/specs'

export { services }
export type ServiceName = (typeof services)[number]

/** The parts of a bundled spec that this site reads. All facts about an API on the pages come from here. */
export interface Bundle {
  readonly openapi: string
  readonly info: { readonly title: string; readonly summary?: string; readonly description?: string }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly servers: readonly { readonly url: string }[]
  readonly paths: { readonly [path: string]: PathItem }
  readonly components?: { readonly schemas?: { readonly [name: string]: unknown } }
  readonly 'x-jobs'?: { readonly [kind: string]: JobEntry }
  readonly 'x-errors'?: ErrorEntry
}

export type PathItem = { readonly [method in Method]?: Operation } & { readonly [other: string]: unknown }
export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head' | 'options'
export const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-provenance'?: { readonly source: string; readonly page?: string; readonly checked?: string }
  readonly 'x-retry'?: RetryMode
}

/** An entry of `x-jobs`. */
export interface JobEntry {
  readonly title: string
  readonly get: { readonly op: string }
  readonly list?: { readonly op: string }
  readonly create?: { readonly [op: string]: string }
  readonly start?: { readonly op: string }
  readonly cancel?: { readonly op: string }
  readonly ends?: boolean
  readonly poll: { readonly interval: number; readonly max: number }
  readonly states: { readonly [wire: string]: JobState | StateEntry }
}

export interface StateEntry {
  readonly is: JobState
  readonly description?: string
  readonly settle?: number
  readonly rests?: boolean
  readonly inferred?: boolean
}

/** `x-errors`, including the error codes of the gateway. */
export interface ErrorEntry {
  readonly failure?: { readonly at: string; readonly in?: readonly unknown[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId?: readonly string[]
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** Reads the bundled spec of a service from disk. */
export function readBundle(service: ServiceName): Bundle {
  return JSON.parse(readFileSync(specUrl(service), 'utf8'))
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
