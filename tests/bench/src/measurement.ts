/** One thing that is measured against another: the default export of a file in `measurements/`, whose name it takes. */
export interface Measurement {
  /** What is measured, and against what. One line, for the table. */
  readonly compared: string
  readonly limit: Limit
  /** Measures once. Asked again, a few times, before it counts as over its limit: a machine has bad moments. */
  measure(): Ratio | Promise<Ratio>
}

export type Limit = { readonly atMost: number } | { readonly atLeast: number }

export interface Ratio {
  readonly ratio: number
  /** What each of the two took, in ms where no units are given. */
  readonly ms: readonly [number, number]
  readonly units?: readonly [string, string]
}
