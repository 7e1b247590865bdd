import type { Operation } from '../material.ts'
import type { SpecOperation } from '../spec/read-spec.ts'
import { normalizePath } from './normalize-path.ts'

/** An operation of the material, with the folder that contains it. */
export interface Evidence extends Operation {
  readonly folder: string
}

export interface Pair {
  readonly spec: SpecOperation
  readonly evidence: readonly Evidence[]
}

export function operationKey({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${normalizePath(path)}`
}

/** Returns the folder and the page that describe an operation, such as `otc-dli dli_02_0124`. */
export function sourceOf({ folder, page }: Evidence): string {
  return `${folder} ${page}`
}

export function groupByKey(evidence: readonly Evidence[]): Map<string, Evidence[]> {
  const groups = new Map<string, Evidence[]>()
  for (const operation of evidence) {
    const key = operationKey(operation)
    groups.set(key, [...(groups.get(key) ?? []), operation])
  }
  return groups
}
