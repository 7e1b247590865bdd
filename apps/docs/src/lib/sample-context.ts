import type { Credentials } from '@jobscope/core'
import type { CsClient } from '@jobscope/cs'
import type { DliClient } from '@jobscope/dli'
import type { IamClient } from '@jobscope/iam'
import type { Mock, MockKey, MockOptions } from '@jobscope/mock'
import type { ModelArtsClient } from '@jobscope/modelarts'
import type { ResClient } from '@jobscope/res'

/** The argument of a sample's default export. test/run-sample.ts creates a new context for each sample. */
export interface SampleContext {
  readonly mock: Mock
  /**
   * Clients of the mock. Their `waitFor…` methods use the mock's clock, so they do not take real time. If the mock does not
   * have a client's service, the client's calls fail.
   */
  readonly dli: DliClient
  readonly modelarts: ModelArtsClient
  readonly cs: CsClient
  readonly res: ResClient
  readonly iam: IamClient
  /** Calls DLI with the given credentials. If the mock has `keys` or `users`, it accepts only the credentials in these options. */
  call(credentials: Credentials): Promise<unknown>
  readonly projectId: string
  /** The ID of a Spark batch job that has just been submitted. */
  readonly batch_id: string
  /** A signal that aborts only if the sample calls `abort`. */
  readonly signal: AbortSignal
  /** Aborts `signal`. */
  abort(reason?: unknown): void
  /** An empty folder, which is the home directory and the working directory of the sample. */
  readonly folder: string
}

/** A sample can export `setup: SampleSetup` to change its mock, its environment variables or the files in its home directory. */
export interface SampleSetup
  extends Pick<MockOptions, 'auth' | 'faults' | 'keys' | 'scenario' | 'seedJobs' | 'services' | 'users'> {
  /** Environment variables. Variables with the developer's own credentials are always removed. */
  readonly env?: { readonly [name: string]: string }
  /** The access key that the metadata service returns. If it is absent, no metadata service is available. */
  readonly agencyKey?: MockKey
  /** Files in the home directory. The keys are paths, and the values are contents. */
  readonly files?: { readonly [path: string]: string }
}
