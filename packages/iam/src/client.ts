import type { ClientOptions, Credentials, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import { type IamCloud, type IamMethods, jobs, pageRules, type paths, service } from './types.ts'

export interface IamClientOptions extends Omit<ClientOptions, 'projectId' | 'credentials'> {
  /** The cloud whose IAM service the client uses. @default 'huaweicloud' */
  cloud?: IamCloud | undefined
  /** Project ID, sent in `X-Project-Id` if it is set. IAM does not require it. */
  projectId?: string | undefined
  /** Base URL to use instead of the URL of the region. It may end with `/v3`, as an `OS_AUTH_URL` does. */
  endpoint?: string | undefined
  /** Credentials of the caller. All operations except `createToken` with a password require them. @default none */
  credentials?: Credentials | undefined
}

const noCredentials: Credentials = { authorize() {} }

/** A client with a method for each operation of the API, and with `http` for raw calls. */
export interface IamClient extends IamMethods, RawClient<paths> {}

/**
 * Creates a client for the parts of IAM (Identity and Access Management) that are required to call the job APIs.
 *
 * IAM returns the token of `createToken` in the response header `X-Subject-Token`. `password()` and `agency()` read it.
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @example
 * const iam = createIamClient({ region: 'eu-de', cloud: 'otc', credentials: token(process.env.OS_TOKEN) })
 * const { projects } = await iam.listProjects({ name: 'eu-de' })
 * console.log(projects[0]?.id)
 */
export function createIamClient({ credentials = noCredentials, ...options }: IamClientOptions): IamClient {
  const endpoint = options.endpoint?.replace(/\/v3\/?$/, '')
  const clientOptions = { projectId: undefined, ...options, endpoint, credentials }
  return withJobs(createClient<IamMethods, paths>(service, clientOptions), { service, pageRules, jobs, options })
}
