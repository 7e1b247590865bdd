/** How much of a change it is to somebody who uses a spec, from the largest to the smallest. */
export const sizes = ['breaking', 'additive', 'docs only'] as const
export type Size = (typeof sizes)[number]

export interface Change {
  readonly size: Size
  /** JSON Pointer into the newer bundle, or into the older one for what is gone. */
  readonly where: string
  readonly what: string
}

/** The largest size among the changes; undefined where nothing has changed. */
export function largest(changes: readonly { readonly size: Size }[]): Size | undefined {
  return sizes.find(size => changes.some(change => change.size === size))
}
