/** The possible sizes of a change for users of a spec, from the largest to the smallest. */
export const sizes = ['breaking', 'additive', 'docs only'] as const
export type Size = (typeof sizes)[number]

export interface Change {
  readonly size: Size
  /** JSON Pointer into the newer bundle, or into the older bundle if the value was removed. */
  readonly where: string
  readonly what: string
}

/** Returns the largest size among the changes, or undefined if there are none. */
export function largest(changes: readonly { readonly size: Size }[]): Size | undefined {
  return sizes.find(size => changes.some(change => change.size === size))
}
