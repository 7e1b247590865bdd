/** A comparison with a limit. It is the default export of a file in `measurements/` and has the name of the file. */
export interface Measurement {
  /** The title of the comparison in the report. */
  readonly title: string
  readonly limit: Limit
  /** Measures once. */
  measure(): Ratio | Promise<Ratio>
}

export type Limit = { readonly atMost: number } | { readonly atLeast: number }

export interface Ratio {
  readonly ratio: number
  /** The two amounts that were compared, in ms unless `units` are set. */
  readonly amounts: readonly [number, number]
  readonly units?: readonly [string, string]
}
