/** A source of credentials failed for a reason that is probably temporary, so the same call may succeed later. */
export class TemporaryError extends Error {
  readonly isTransient = true
}
