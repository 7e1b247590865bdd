/** A difference between two versions of the spec of a service. */
export interface SpecChange {
  /**
   * - `breaking`: code that uses this part fails or gets other results.
   * - `additive`: something was added. New states and values can reach code that does not expect them.
   * - `deprecated`: the vendor advises against this part from now on.
   */
  readonly size: 'breaking' | 'additive' | 'deprecated'
  readonly subject: 'operation' | 'parameter' | 'field' | 'value' | 'job-state' | 'error-code' | 'status'
  /** Whether requests or responses change. */
  readonly direction: 'request' | 'response'
  /** JSON Pointer into the older bundle, or into the newer bundle if the part is new. The pointer does not go through a `$ref`. */
  readonly pointer: string
  /** The pointer of the object that contains the part, if the part is new or removed. This is also a pointer into the older bundle. */
  readonly owner: string
  /** The kind of job and the state, the error code, or the value. */
  readonly name?: string
  /** One sentence. */
  readonly what: string
}

/** The changes of a release of the specs, as `changes.json` contains them. */
export interface ReleaseChanges {
  /** Version of the previous release. `null` for the first release. */
  readonly from: string | null
  readonly to: string
  readonly services: { readonly [service: string]: readonly SpecChange[] }
}
