import type { ClientOptions, Credentials, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import { type IamCloud, type IamMethods, jobs, type paths, service } from './types.ts'

export interface IamClientOptions extends Omit<ClientOptions, 'projectId' | 'credentials'> {
  /** Whose IAM it is. @default 'huaweicloud' */
  cloud?: IamCloud | undefined
  /** Id of a project, sent in `X-Project-Id` where it is given. IAM needs none. */
  projectId?: string | undefined
  /** Base URL instead of the region's own, with or without the `/v3` that an `OS_AUTH_URL` ends in. */
  endpoint?: string | undefined
  /** Who calls. `createToken` with a password needs nobody; all else does. @default nobody */
  credentials?: Credentials | undefined
}

const nobody: Credentials = { authorize() {} }

/** A method for each operation of the API, and `http` for the raw calls. */
export interface IamClient extends IamMethods, RawClient<paths> {}

/**
 * A client for IAM (Identity and Access Management), as far as calls of jobs need it.
 *
 * The token that `createToken` makes stands in the header `X-Subject-Token` of its answer: `password()` and `agency()` read it.
 *
 * @throws TypeError naming the option that is missing or wrong
 * @example
 * const iam = createIamClient({ region: 'eu-de', cloud: 'otc', credentials: token(process.env.OS_TOKEN) })
 * const { projects } = await iam.listProjects({ name: 'eu-de' })
 * console.log(projects[0]?.id)
 */
export const createIamClient = ({ credentials = nobody, ...options }: IamClientOptions): IamClient => {
  const endpoint = options.endpoint?.replace(/\/v3\/?$/, '')
  return withJobs(
    createClient<IamMethods, paths>(service, { projectId: undefined, ...options, endpoint, credentials }),
    service,
    jobs,
    options,
  )
}
