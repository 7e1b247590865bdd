/** Declares the variables, functions and clients that examples use without a declaration. */
import type { compareBundles, Exchange } from '@jobscope/contract'
import type { Clock, Credentials, Job } from '@jobscope/core'
import type { CsClient } from '@jobscope/cs'
import type { DliClient } from '@jobscope/dli'
import type { IamClient } from '@jobscope/iam'
import type { Jobs } from '@jobscope/jobs'
import type { Mock } from '@jobscope/mock'
import type { ModelArtsClient } from '@jobscope/modelarts'
import type { ResClient } from '@jobscope/res'

declare global {
  const projectId: string
  const batch_id: string
  const accessKey: string
  const secretKey: string
  const userName: string
  const secret: string
  const credentials: Credentials
  const refs: readonly string[]
  const ref: string
  const job: Job
  const dli: DliClient
  const modelarts: ModelArtsClient
  const cs: CsClient
  const res: ResClient
  const iam: IamClient
  const jobs: Jobs<{ dli: DliClient; res: ResClient }>
  const mock: Mock
  const exchange: Exchange
  const before: Parameters<typeof compareBundles>[0]
  const after: Parameters<typeof compareBundles>[1]
  const url: string
  const response: Response
  function readTokenFromSecretStore(): Promise<string>
  function readExpiringToken(): Promise<{ value: string; expiresAt: number }>
  function save(text: string): Promise<void>
  function load(): Promise<string>
  /** Represents a program that the user wrote. It sends its requests to the mock. */
  function runPipeline(endpoint: string, clock?: Clock): Promise<void>
}
