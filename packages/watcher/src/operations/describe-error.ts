/** Formats an error and its causes in one line, for example `fetch failed: connect ECONNREFUSED 127.0.0.1:8080`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`
  const texts: string[] = []
  for (let cause: unknown = error; cause instanceof Error && texts.length < maxCauses; cause = cause.cause) {
    // If several addresses of a host were tried, the error has no message, but contains the error of each address.
    const errors: unknown[] = cause instanceof AggregateError ? cause.errors : []
    const text = cause.message || errors.map(inner => (inner instanceof Error ? inner.message : `${inner}`)).join(', ')
    if (text && !texts.some(previous => previous.includes(text))) texts.push(text)
  }
  return texts.join(': ') || error.name
}

const maxCauses = 5

/** Creates the error of a database that cannot be used. */
export const createDatabaseError = (error: unknown): Error =>
  new Error(`Cannot open the database. ${describeError(error)}`, { cause: error })
