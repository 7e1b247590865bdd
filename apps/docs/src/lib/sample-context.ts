import type { Credentials } from '@jobscope/core'
import type { CsClient } from '@jobscope/cs'
import type { DliClient } from '@jobscope/dli'
import type { IamClient } from '@jobscope/iam'
import type { Mock, MockKey, MockOptions } from '@jobscope/mock'
import type { ModelArtsClient } from '@jobscope/modelarts'
import type { ResClient } from '@jobscope/res'

/** What a sample is given when a test runs it; test/stage.ts makes it, anew for each sample. */
export interface Stage {
  readonly mock: Mock
  /** Clients of the mock, whose waits are over at once: their time is the mock's. One whose service the mock lacks fails. */
  readonly dli: DliClient
  readonly modelarts: ModelArtsClient
  readonly cs: CsClient
  readonly res: ResClient
  readonly iam: IamClient
  /** Calls DLI with these credentials; a mock with `keys` or `users` takes none but theirs. */
  call(credentials: Credentials): Promise<unknown>
  readonly projectId: string
  /** A Spark batch job that was submitted just now. */
  readonly batch_id: string
  /** Never aborts, unless the sample does it. */
  readonly signal: AbortSignal
  /** Aborts `signal`. */
  abort(reason?: unknown): void
  /** An empty folder, which is also the home directory. */
  readonly folder: string
}

/** `export const setting: Setting` of a sample: where it runs otherwise than most. */
export interface Setting
  extends Pick<MockOptions, 'auth' | 'faults' | 'keys' | 'scenario' | 'seedJobs' | 'services' | 'users'> {
  /** Environment variables; those that hold credentials of whoever runs the tests are gone. */
  readonly env?: { readonly [name: string]: string }
  /** The key that the metadata service of the server hands out; without one there is no such service. */
  readonly agencyKey?: MockKey
  /** Files in the home directory: path → text. */
  readonly files?: { readonly [path: string]: string }
}
