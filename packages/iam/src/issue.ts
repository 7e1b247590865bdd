import {
  aksk,
  type Credentials,
  type Hooks,
  type IssuedCredentials,
  ResponseError,
  type ResponseHead,
  token,
} from '@jobscope/core'
import type { ApiResponse, Happening } from '@jobscope/core/internal'
import { createIamClient, type IamClientOptions } from './client.ts'
import type { Scope, TemporaryCredentialsIdentity, TokenIdentity } from './types.ts'

/** Where IAM is, and how it is called. */
export interface IssuerOptions extends Omit<IamClientOptions, 'projectId' | 'credentials'> {
  /** For one call of IAM, its retries and the waits between them included. @default '20s' */
  timeout?: IamClientOptions['timeout']
  /** The time as epoch ms. @default Date.now */
  now?: (() => number) | undefined
}

/** The project that a token is good for. Its default is the project that is called as the region. */
export interface ProjectOptions {
  /** Id of the project. Wins over `projectName`. */
  projectId?: string | undefined
  /** Name of the project: the id of its region, or `<region>_<name>`. @default the region */
  projectName?: string | undefined
}

/** The scope of a token for jobs, which need a project. */
export function scopeOf({ projectId, projectName, region }: ProjectOptions & Pick<IssuerOptions, 'region'>): Scope {
  if (projectId) return { project: { id: projectId } }
  const name = projectName || (region === 'global' ? undefined : region)
  if (name) return { project: { name } }
  throw new TypeError('projectName: must be given, or projectId, or the region that it is called as')
}

/** Refuses an option that is missing, by its name. */
export function given(value: string | undefined, name: string): string {
  if (typeof value === 'string' && value) return value
  throw new TypeError(`${name}: must be given`)
}

/** What asks IAM for a token. */
export function tokenIssuer(
  options: IssuerOptions,
  identity: TokenIdentity,
  scope: Scope,
  credentials?: Credentials,
): () => Promise<IssuedCredentials> {
  const { iam, last } = listening(options, credentials)
  const body = { auth: { identity, scope } }
  return async () => {
    const reply = await iam.createToken({ nocatalog: 'true', body })
    const value = last()?.headers.get('X-Subject-Token')
    if (!value)
      throw new ResponseError('createToken', 'the answer has no header X-Subject-Token that can be read here', {
        status: last()?.status,
      })
    const { expires_at, issued_at } = reply?.token ?? {}
    return { credentials: token(value), expiresAt: epoch(expires_at), issuedAt: epoch(issued_at) }
  }
}

/** What asks IAM for temporary keys. */
export function keyIssuer(
  options: IssuerOptions,
  identity: TemporaryCredentialsIdentity,
  credentials: Credentials,
): () => Promise<IssuedCredentials> {
  const { iam, last } = listening(options, credentials)
  const { now = Date.now } = options
  return async () => {
    const reply = await iam.createTemporaryCredentials({ body: { auth: { identity } } })
    const { access, secret, securitytoken, expires_at } = reply?.credential ?? {}
    return {
      credentials: aksk({ accessKey: access, secretKey: secret, securityToken: securitytoken, now }),
      expiresAt: epoch(expires_at),
      issuedAt: epoch(last()?.headers.get('Date')),
    }
  }
}

const epoch = (time: string | null | undefined) => Date.parse(time ?? '') || undefined

/** A client, and the answer it had last, whose headers hold what no body does. */
function listening({ hooks, ...options }: IssuerOptions, credentials: Credentials | undefined) {
  let answer: ResponseHead | undefined
  const listen = (happening: Happening, send: () => Promise<ApiResponse>) => {
    const attempt = async () => {
      const heard = await send()
      answer = heard
      return heard
    }
    return hooks ? hooks(happening, attempt) : attempt()
  }
  // It waits for no job, so that it is told of attempts alone.
  const iam = createIamClient({ timeout: '20s', ...options, credentials, hooks: listen as Hooks })
  return { iam, last: () => answer }
}
