import { removeControlCharacters } from '@jobscope/core/internal'

/** A list that could not be read completely. */
export interface ListFailure {
  readonly service: string
  readonly kind: string
  readonly error: unknown
}

/** Some lists could not be read completely. All jobs of the other lists were returned before this error. */
export class ListError extends AggregateError {
  override readonly name = 'ListError'
  /** The lists that failed. */
  readonly failures: readonly ListFailure[]

  constructor(failures: readonly ListFailure[]) {
    const lists = failures.map(
      ({ service, kind, error }) => `${service}:${kind} (${error instanceof Error ? error.message : error})`,
    )
    super(
      failures.map(({ error }) => error),
      removeControlCharacters(
        `Some lists of jobs failed: ${lists.join(', ')}. Pass onError to get these failures in a callback instead of this error.`,
      ),
    )
    this.failures = failures
  }
}

/** Returns whether this is a ListError, even if another copy of the package created it. */
export const isListError = (error: unknown): error is ListError => {
  const { name, failures } = (error ?? {}) as { readonly name?: unknown; readonly failures?: unknown }
  return name === 'ListError' && Array.isArray(failures)
}
