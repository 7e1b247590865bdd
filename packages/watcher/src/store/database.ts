/** The part of a PostgreSQL client that the store needs. */
export interface Queryable {
  // biome-ignore lint/suspicious/noExplicitAny: the columns of a row depend on the statement
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: any[]; readonly rowCount?: number | null }>
}

/** A PostgreSQL database: a pool of connections, or an embedded PGlite. */
export interface Database extends Queryable {
  /** Whether it is an embedded PGlite. */
  readonly isEmbedded: boolean
  /** Runs statements without parameters, and returns the rows of all statements. */
  exec(sql: string): Promise<readonly unknown[]>
  /** Runs a function in a transaction, and rolls the transaction back if the function rejects. */
  transaction<T>(run: (client: Queryable) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Reads a number of a row. `pg` returns a bigint as text, and PGlite as a number. */
export const toNumber = (value: unknown): number | undefined => (value === null ? undefined : Number(value))
