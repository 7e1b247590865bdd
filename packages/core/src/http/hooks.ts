import type { Job } from '../jobs/job.ts'
import type { ApiRequest, ApiResponse } from './attempts.ts'

/** Something that a client does, as only `observe()` should see it: nothing is redacted. */
export interface Happening {
  /** operationId, method and URL of a raw call, or name of a wait. */
  readonly operation: string
  /** What is sent, before it is authorized. */
  readonly request?: ApiRequest
  /** How often it was sent before. */
  readonly attempt?: number
  /** What a wait saw. */
  readonly job?: Job
}

/** Stands around each attempt of a client, and is told of each look of a wait. Made by `observe()`. */
export interface Hooks {
  (attempt: Happening, send: () => Promise<ApiResponse>): Promise<ApiResponse>
  (look: Happening): unknown
}
