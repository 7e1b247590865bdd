import { readFileSync } from 'node:fs'
import type { Bundle, Method, OperationObject, PathItem, Reference } from './openapi.ts'
import { readPointer } from './pointer.ts'

/** The services that have a spec, in the order of the documentation. */
export const services = ['dli', 'modelarts', 'cs', 'res', 'iam'] as const

export type ServiceName = (typeof services)[number]

/** Returns the file URL of the bundled spec of a service, as JSON. The YAML file is next to it. */
export function specUrl(service: ServiceName): URL {
  return new URL(`./${service}.json`, import.meta.url)
}

/**
 * Reads the bundled spec of a service. Every `$ref` in it begins with `#/`.
 *
 * @example
 * const { 'x-jobs': kinds } = readBundle('dli')
 */
export function readBundle(service: ServiceName): Bundle {
  return JSON.parse(readFileSync(specUrl(service), 'utf8')) as Bundle
}

/** Reads the bundled specs of all services. Returns them by name. */
export function readAllBundles(): ReadonlyMap<ServiceName, Bundle> {
  return new Map(services.map(service => [service, readBundle(service)]))
}

/** An operation of a bundle, with its path item. */
export interface BundleOperation {
  readonly path: string
  readonly method: Method
  readonly item: PathItem
  readonly operation: OperationObject
}

const methods: readonly Method[] = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']

/** Lists all operations of a bundle, in the order of its paths. */
export function listOperations({ paths }: Pick<Bundle, 'paths'>): BundleOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap(method => {
      const operation = item[method]
      return operation ? [{ path, method, item, operation }] : []
    }),
  )
}

/**
 * Whether an operation is read-only, which means that a call changes nothing. GET and HEAD operations are read-only. Other
 * operations are read-only if they have `x-retry: safe` in the spec.
 *
 * @example
 * const readOnly = listOperations(readBundle('dli')).filter(isReadOnlyOperation)
 */
export const isReadOnlyOperation = ({ method, operation }: Pick<BundleOperation, 'method' | 'operation'>): boolean =>
  method === 'get' || method === 'head' || operation['x-retry'] === 'safe'

/**
 * Resolves the `$ref` of a value in a bundle. Returns a value without a `$ref` unchanged.
 *
 * @param document the bundle that contains the value
 */
export function resolveReference<T extends object>(document: object, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T
  return resolveReference(document, readPointer(document, value.$ref.slice(1)) as T | Reference)
}
