/** A difference between two versions of the spec of a service. */
export interface SpecChange {
  /**
   * - `breaking`: code that uses this part fails or gets other results.
   * - `additive`: there is more than before. New states and values can reach code that does not expect them.
   * - `deprecated`: the vendor advises against it from now on.
   */
  readonly size: 'breaking' | 'additive' | 'deprecated'
  readonly subject: 'operation' | 'parameter' | 'field' | 'value' | 'job-state' | 'error-code' | 'status'
  /** Whether requests or responses change. */
  readonly direction: 'request' | 'response'
  /** JSON Pointer into the newer bundle, or into the older bundle if the part was removed. It passes no `$ref`. */
  readonly pointer: string
  /** The pointer of the object that contains the part, if the part is new or removed. */
  readonly owner: string
  /** Kind of job and state, or error code. */
  readonly name?: string
  /** One sentence. */
  readonly what: string
}

/** The changes of a release of the specs, as `changes.json` has them. */
export interface ReleaseChanges {
  /** Version of the previous release. `null` for the first one. */
  readonly from: string | null
  readonly to: string
  readonly services: { readonly [service: string]: readonly SpecChange[] }
}
